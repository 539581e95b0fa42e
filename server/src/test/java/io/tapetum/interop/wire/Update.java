package io.tapetum.interop.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An UPDATE (RFC 4271 §4.3).
 *
 * @param withdrawn prefixes withdrawn, of the classic field first, then those of MP_UNREACH_NLRI
 * @param attributes in the order of the message, MP_REACH_NLRI and MP_UNREACH_NLRI included
 * @param announced prefixes announced, of the classic field first, then those of MP_REACH_NLRI
 */
public record Update(List<String> withdrawn, List<Attribute> attributes, List<String> announced) {
    private static final int HEADER = 19;
    private static final int TYPE = 2;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    public Update {
        withdrawn = List.copyOf(withdrawn);
        attributes = List.copyOf(attributes);
        announced = List.copyOf(announced);
    }

    /** An UPDATE that announces IPv4 prefixes. */
    public static Update announcing(List<String> prefixes, List<Attribute> attributes) {
        return new Update(List.of(), attributes, prefixes);
    }

    /** The attributes of a message, whether or not its prefixes have path identifiers (RFC 7911). */
    static List<Attribute> readAttributes(byte[] message) {
        ByteBuffer octets = ByteBuffer.wrap(message, HEADER, message.length - HEADER);
        field(octets, octets.getShort() & 0xFFFF);
        ByteBuffer attributeField = field(octets, octets.getShort() & 0xFFFF);
        List<Attribute> attributes = new ArrayList<>();
        while (attributeField.hasRemaining()) {
            attributes.add(Attribute.read(attributeField));
        }
        return attributes;
    }

    static Update read(byte[] message) {
        ByteBuffer octets = ByteBuffer.wrap(message, HEADER, message.length - HEADER);
        List<String> withdrawn = new ArrayList<>(Prefixes.decode(field(octets, octets.getShort() & 0xFFFF), IPV4));
        field(octets, octets.getShort() & 0xFFFF);
        List<Attribute> attributes = readAttributes(message);
        List<String> announced = new ArrayList<>(Prefixes.decode(octets, IPV4));
        for (Attribute attribute : attributes) {
            ByteBuffer value = ByteBuffer.wrap(HexFormat.of().parseHex(attribute.value()));
            if (attribute.type() == Attribute.MP_UNREACH_NLRI) {
                withdrawn.addAll(Prefixes.decode(value.position(3), IPV6));
            } else if (attribute.type() == Attribute.MP_REACH_NLRI) {
                // AFI, SAFI, length of the next hop, next hop, a reserved octet (RFC 4760 §3).
                announced.addAll(Prefixes.decode(value.position(3 + 1 + (value.get(3) & 0xFF) + 1), IPV6));
            }
        }
        return new Update(withdrawn, attributes, announced);
    }

    public Optional<Attribute> attribute(int type) {
        return attributes.stream().filter(attribute -> attribute.type() == type).findFirst();
    }

    /** The message, header included. Only the classic fields are written. */
    public byte[] message() {
        byte[] withdrawnField = Prefixes.encode(withdrawn);
        ByteArrayOutputStream attributeField = new ByteArrayOutputStream();
        attributes.forEach(attribute -> attribute.write(attributeField));
        byte[] nlri = Prefixes.encode(announced);
        int length = HEADER + 2 + withdrawnField.length + 2 + attributeField.size() + nlri.length;
        return header(length, TYPE).putShort((short) withdrawnField.length).put(withdrawnField)
                .putShort((short) attributeField.size()).put(attributeField.toByteArray()).put(nlri).array();
    }

    /** A buffer for a message of a length, with the header written. */
    static ByteBuffer header(int length, int type) {
        ByteBuffer message = ByteBuffer.allocate(length);
        for (int i = 0; i < 16; i++) {
            message.put((byte) 0xFF);
        }
        return message.putShort((short) length).put((byte) type);
    }

    /** The next octets, which are thereby behind. */
    @SuppressWarnings("CheckReturnValue")
    private static ByteBuffer field(ByteBuffer octets, int length) {
        ByteBuffer field = octets.slice(octets.position(), length);
        octets.position(octets.position() + length);
        return field;
    }
}
