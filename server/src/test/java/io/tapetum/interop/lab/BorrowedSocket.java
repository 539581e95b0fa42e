package io.tapetum.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A duplicate of a connected TCP socket of somebody else's process (pidfd_getfd(2)). What is set on it is set on the
 * process's own, which is not told: so a key changes in the kernel without the daemon having a reason to restart anything.
 */
public final class BorrowedSocket implements AutoCloseable {
    private static final Libc.Function PIDFD_OPEN = Libc.systemCall("pidfd_open", 434, Libc.INT, Libc.INT);
    private static final Libc.Function PIDFD_GETFD = Libc.systemCall("pidfd_getfd", 438, Libc.INT, Libc.INT, Libc.INT);
    private static final Libc.Function GETPEERNAME = Libc.function("getpeername", Libc.INT, Libc.POINTER, Libc.POINTER);
    private static final Libc.Function SETSOCKOPT = Libc.function("setsockopt", Libc.INT, Libc.INT, Libc.INT,
            Libc.POINTER, Libc.INT);

    private static final int IPPROTO_TCP = 6;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** TCP_MD5SIG and its {@code struct tcp_md5sig}: an address in 128 octets, the key's length at 130, the key at 136. */
    private static final int TCP_MD5SIG = 14;
    private static final int SIGNATURE_SIZE = 216;
    private static final int KEY_LENGTH_OFFSET = 130;
    private static final int KEY_OFFSET = 136;
    private static final int ADDRESS_SIZE = 128;

    private final int descriptor;
    /** A {@code struct sockaddr_in} or {@code sockaddr_in6}. */
    private final byte[] remote;

    private BorrowedSocket(int descriptor, byte[] remote) {
        this.descriptor = descriptor;
        this.remote = remote;
    }

    /** Borrows the socket of a host's daemons that is connected with an address. */
    public static BorrowedSocket of(Host host, String remote) {
        InetAddress address = InetAddress.ofLiteral(remote);
        return host.processes().map(process -> find(process, address)).flatMap(Optional::stream).findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody on " + host.name() + " is connected with "
                        + remote));
    }

    /** Sets the key for the other side. */
    public void sign(String key) {
        byte[] octets = key.getBytes(StandardCharsets.US_ASCII);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment option = arena.allocate(SIGNATURE_SIZE);
            MemorySegment.copy(remote, 0, option, ValueLayout.JAVA_BYTE, 0, remote.length);
            option.set(ValueLayout.JAVA_SHORT, KEY_LENGTH_OFFSET, (short) octets.length);
            MemorySegment.copy(octets, 0, option, ValueLayout.JAVA_BYTE, KEY_OFFSET, octets.length);
            SETSOCKOPT.call(descriptor, IPPROTO_TCP, TCP_MD5SIG, option, SIGNATURE_SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Libc.CLOSE.call(descriptor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<BorrowedSocket> find(ProcessHandle process, InetAddress remote) {
        Path folder = Path.of("/proc", Long.toString(process.pid()), "fd");
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
            int handle = PIDFD_OPEN.call((int) process.pid(), 0);
            try {
                for (Path one : descriptors) {
                    Optional<BorrowedSocket> found = borrow(handle, one, remote);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            } finally {
                Libc.CLOSE.call(handle);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<BorrowedSocket> borrow(int handle, Path descriptor, InetAddress remote)
            throws IOException {
        try {
            if (!Files.readSymbolicLink(descriptor).toString().startsWith("socket:")) {
                return Optional.empty();
            }
        } catch (NoSuchFileException _) {
            return Optional.empty(); // The process has closed it.
        }
        int copy = PIDFD_GETFD.call(handle, Integer.parseInt(descriptor.getFileName().toString()), 0);
        byte[] peer = peer(copy);
        if (address(peer).equals(Optional.of(remote))) {
            return Optional.of(new BorrowedSocket(copy, peer));
        }
        Libc.CLOSE.call(copy);
        return Optional.empty();
    }

    /** The address of the other side as the kernel has it; none if it is not connected. */
    private static byte[] peer(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(ADDRESS_SIZE);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, ADDRESS_SIZE);
            GETPEERNAME.call(descriptor, name, length);
            return name.asSlice(0, length.get(ValueLayout.JAVA_INT, 0)).toArray(ValueLayout.JAVA_BYTE);
        } catch (IOException _) {
            return new byte[0];
        }
    }

    /** IPv4-mapped addresses are IPv4 ones for {@link InetAddress}. */
    private static Optional<InetAddress> address(byte[] peer) throws IOException {
        return switch (peer.length == 0 ? 0 : peer[0]) {
            case AF_INET -> Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(peer, 4, 8)));
            case AF_INET6 -> Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(peer, 8, 24)));
            default -> Optional.empty();
        };
    }
}
