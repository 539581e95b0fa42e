package io.tapetum.interop.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
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

    private static final Libc.Function OPEN = Libc.function("open", Libc.POINTER, Libc.INT);
    private static final Libc.Function SETNS = Libc.function("setns", Libc.INT, Libc.INT);

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

    private static void enter(Path namespace) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = OPEN.call(arena.allocateFrom(namespace.toString()), OPEN_FLAGS);
            try {
                SETNS.call(descriptor, NETWORK);
            } finally {
                Libc.CLOSE.call(descriptor);
            }
        }
    }
}
