package io.tapetum.interop.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Sends packets with any source address: raw(7), ipv6(7). */
final class RawSocket {
    private static final Libc.Function SOCKET = Libc.function("socket", Libc.INT, Libc.INT, Libc.INT);
    private static final Libc.Function SENDTO = Libc.function("sendto", Libc.INT, Libc.POINTER, Libc.LONG, Libc.INT,
            Libc.POINTER, Libc.INT);
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW = 3;
    /** The packet comes with its IP header. */
    private static final int IPPROTO_RAW = 255;

    private RawSocket() {}

    /** Sends a whole packet from the network namespace of this thread. */
    static void send(byte[] packet) throws IOException {
        boolean six = (packet[0] >> 4) == 6;
        byte[] destination = six ? Arrays.copyOfRange(packet, 24, 40) : Arrays.copyOfRange(packet, 16, 20);
        try (Arena arena = Arena.ofConfined()) {
            // struct sockaddr_in6 has the flow between port and address, and the scope after it.
            MemorySegment address = arena.allocate(six ? 28 : 16);
            address.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.nativeOrder()), 0,
                    (short) (six ? AF_INET6 : AF_INET));
            MemorySegment.copy(destination, 0, address, ValueLayout.JAVA_BYTE, six ? 8 : 4, destination.length);
            int socket = SOCKET.call(six ? AF_INET6 : AF_INET, SOCK_RAW, IPPROTO_RAW);
            try {
                SENDTO.call(socket, arena.allocateFrom(ValueLayout.JAVA_BYTE, packet), (long) packet.length, 0, address,
                        (int) address.byteSize());
            } finally {
                Libc.CLOSE.call(socket);
            }
        }
    }
}
