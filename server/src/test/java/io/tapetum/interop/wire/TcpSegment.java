package io.tapetum.interop.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.bouncycastle.crypto.digests.MD5Digest;

/** A TCP segment (RFC 9293 §3.1) with what belongs to it of its IPv4 or IPv6 header. */
public final class TcpSegment {
    /** The option kind of a signature (RFC 2385 §3.0). */
    public static final int SIGNATURE = 19;

    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int HEADER = 20;
    private static final int FLAGS_OFFSET = 13;
    private static final int CHECKSUM_OFFSET = 16;
    private static final int TCP = 6;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;

    private final byte[] source;
    private final byte[] destination;
    private final int hopLimit;
    private final byte[] octets;

    private TcpSegment(byte[] source, byte[] destination, int hopLimit, byte[] octets) {
        this.source = source;
        this.destination = destination;
        this.hopLimit = hopLimit;
        this.octets = octets;
    }

    /** The segment of an Ethernet frame; IPv6 without extension headers, as hosts send it. */
    public static TcpSegment ofFrame(byte[] frame) {
        ByteBuffer packet = ByteBuffer.wrap(frame, ETHERNET_HEADER, frame.length - ETHERNET_HEADER).slice();
        if ((packet.get(0) >> 4) == 4) {
            int header = 4 * (packet.get(0) & 0xF);
            // A short frame is padded: the packet says where it ends.
            return new TcpSegment(slice(packet, 12, 4), slice(packet, 16, 4), packet.get(8) & 0xFF,
                    slice(packet, header, (packet.getShort(2) & 0xFFFF) - header));
        }
        return new TcpSegment(slice(packet, 8, 16), slice(packet, 24, 16), packet.get(7) & 0xFF,
                slice(packet, IPV6_HEADER, packet.getShort(4) & 0xFFFF));
    }

    /** Whether it went from one address to another. */
    public boolean went(String from, String to) {
        return Arrays.equals(source, Prefixes.address(from)) && Arrays.equals(destination, Prefixes.address(to));
    }

    /** TTL or hop limit. */
    public int hopLimit() {
        return hopLimit;
    }

    public boolean isSyn() {
        return (octets[FLAGS_OFFSET] & SYN) != 0;
    }

    public boolean isReset() {
        return (octets[FLAGS_OFFSET] & RST) != 0;
    }

    /** The 16 octets of its signature (RFC 2385 §3.0), if it has one. */
    public Optional<byte[]> signature() {
        int at = HEADER;
        while (at < headerLength() && octets[at] != 0) {
            int length = octets[at] == 1 ? 1 : octets[at + 1];
            if (octets[at] == SIGNATURE) {
                return Optional.of(Arrays.copyOfRange(octets, at + 2, at + length));
            }
            at += length;
        }
        return Optional.empty();
    }

    /**
     * What its signature must be with a key (RFC 2385 §2.0): over the pseudo header, the header without options and with a
     * checksum of zero, the data, and the key.
     */
    public byte[] signatureWith(String key) {
        MD5Digest digest = new MD5Digest();
        byte[] header = Arrays.copyOf(octets, HEADER);
        header[CHECKSUM_OFFSET] = 0;
        header[CHECKSUM_OFFSET + 1] = 0;
        for (byte[] part : new byte[][]{pseudoHeader(source, destination, octets.length), header,
                Arrays.copyOfRange(octets, headerLength(), octets.length), key.getBytes(StandardCharsets.US_ASCII)}) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    /** A whole packet, from the IP header on, with a reset that the receiver of this segment takes to be its successor. */
    public byte[] resetAfter(int resetHopLimit) {
        ByteBuffer reset = ByteBuffer.allocate(HEADER);
        reset.put(octets, 0, 4).putInt(nextSequence()).putInt(0).put((byte) (HEADER / 4 << 4)).put((byte) RST);
        reset.putShort(CHECKSUM_OFFSET, checksum(pseudoHeader(source, destination, HEADER), reset.array()));
        boolean six = source.length > 4;
        ByteBuffer packet = ByteBuffer.allocate((six ? IPV6_HEADER : IPV4_HEADER) + HEADER);
        if (six) {
            packet.putInt(0x60000000).putShort((short) HEADER).put((byte) TCP).put((byte) resetHopLimit);
        } else {
            // Length, identification and checksum of an IPv4 header are filled in by the kernel (raw(7)).
            packet.putInt(0x45000000).putInt(0).put((byte) resetHopLimit).put((byte) TCP).putShort((short) 0);
        }
        return packet.put(source).put(destination).put(reset.array()).array();
    }

    @Override
    public String toString() {
        return Prefixes.text(source) + " > " + Prefixes.text(destination) + " flags " + octets[FLAGS_OFFSET] + ", "
                + octets.length + " octets, hop limit " + hopLimit;
    }

    /** SYN and FIN take a number each (RFC 9293 §3.4). */
    private int nextSequence() {
        int flags = octets[FLAGS_OFFSET];
        return ByteBuffer.wrap(octets).getInt(4) + octets.length - headerLength() + ((flags & SYN) == 0 ? 0 : 1)
                + ((flags & FIN) == 0 ? 0 : 1);
    }

    private int headerLength() {
        return 4 * ((octets[12] & 0xF0) >> 4);
    }

    /** RFC 9293 §3.1, RFC 8200 §8.1. */
    private static byte[] pseudoHeader(byte[] source, byte[] destination, int length) {
        ByteBuffer header = ByteBuffer.allocate(source.length + destination.length + (source.length > 4 ? 8 : 4));
        header.put(source).put(destination);
        return (source.length > 4
                ? header.putInt(length).putInt(TCP)
                : header.putShort((short) TCP).putShort((short) length))
                .array();
    }

    /** RFC 1071, of an even number of octets. */
    private static short checksum(byte[]... parts) {
        int sum = 0;
        for (byte[] part : parts) {
            for (ByteBuffer octets = ByteBuffer.wrap(part); octets.hasRemaining();) {
                sum += octets.getShort() & 0xFFFF;
            }
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    private static byte[] slice(ByteBuffer octets, int offset, int length) {
        byte[] slice = new byte[length];
        octets.get(offset, slice);
        return slice;
    }
}
