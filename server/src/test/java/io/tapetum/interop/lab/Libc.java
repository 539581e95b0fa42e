package io.tapetum.interop.lab;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What Linux can do and Java has no words for. */
final class Libc {
    static final MemoryLayout INT = ValueLayout.JAVA_INT;
    static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
    static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO = Linker.Option.captureStateLayout()
            .varHandle(PathElement.groupElement("errno"));

    static final Function CLOSE = function("close", INT);

    private Libc() {}

    /**
     * A function that returns a number, negative when it failed.
     *
     * @param name its name
     * @param handle to be called with a place for errno first
     */
    record Function(String name, MethodHandle handle) {

        /** Calls it with arguments of exactly the types it was declared with. */
        int call(Object... arguments) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
                List<Object> all = new ArrayList<>(List.of(state));
                all.addAll(Arrays.asList(arguments));
                int result = (int) handle.invokeWithArguments(all);
                if (result < 0) {
                    throw new IOException(name + ": errno " + (int) ERRNO.get(state, 0L));
                }
                return result;
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A function of the C library with an {@code int} result. */
    static Function function(String name, MemoryLayout... arguments) {
        return function(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    /** A system call that older C libraries have no function for, with {@code int} arguments. */
    static Function systemCall(String name, int number, MemoryLayout... arguments) {
        List<MemoryLayout> all = new ArrayList<>(List.of(LONG));
        all.addAll(Arrays.asList(arguments));
        // Its result is a long, of which the lower half is the int that both callers want.
        MethodHandle handle = handle("syscall",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, all.toArray(MemoryLayout[]::new)),
                Linker.Option.firstVariadicArg(1));
        return new Function(name, java.lang.invoke.MethodHandles.insertArguments(handle, 1, (long) number));
    }

    private static Function function(String name, FunctionDescriptor descriptor) {
        return new Function(name, handle(name, descriptor));
    }

    @SuppressWarnings("restricted") // Functions are called as their manual pages declare them.
    private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... more) {
        List<Linker.Option> options = new ArrayList<>(List.of(Linker.Option.captureCallState("errno")));
        options.addAll(Arrays.asList(more));
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor,
                options.toArray(Linker.Option[]::new));
    }
}
