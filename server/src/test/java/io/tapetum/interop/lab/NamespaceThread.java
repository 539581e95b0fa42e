package io.tapetum.interop.lab;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread inside of a network namespace.
 *
 * <p>Linux keeps the network namespace per thread (setns(2)), and a socket stays in the one where it was opened, whoever
 * uses it later. The thread must be a platform thread, and ends with the work so that nobody else inherits it.
 */
final class NamespaceThread {
    /** O_RDONLY | O_CLOEXEC of open(2) on Linux. */
    private static final int OPEN_FLAGS = 0x80000;
    /** CLONE_NEWNET of setns(2). */
    private static final int NETWORK = 0x40000000;

    private static final MethodHandle OPEN = function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SETNS = function("setns", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));

    private NamespaceThread() {}

    static <T> T call(Path namespace, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(namespace);
            return work.call();
        });
        Thread.ofPlatform().name("in-" + namespace.getFileName()).daemon().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("In " + namespace, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static void enter(Path namespace) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(namespace.toString()), OPEN_FLAGS);
            int result = descriptor < 0 ? -1 : (int) SETNS.invokeExact(descriptor, NETWORK);
            if (descriptor >= 0) {
                int closed = (int) CLOSE.invokeExact(descriptor);
                assert closed == 0;
            }
            if (result != 0) {
                throw new IllegalStateException("Cannot enter " + namespace);
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // The three functions are called as their manual pages declare them.
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }
}
