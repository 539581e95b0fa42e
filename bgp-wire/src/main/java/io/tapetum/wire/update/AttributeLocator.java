package io.tapetum.wire.update;

import java.util.Arrays;

import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.AttributeErrors;
import io.tapetum.wire.attribute.AttributeHeader;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/**
 * Walks the attributes of an UPDATE by their lengths: finds MP_REACH_NLRI and MP_UNREACH_NLRI, and puts the octets of
 * all others together. An attribute is known by the offset of its header in the message.
 */
final class AttributeLocator {

    /** In the place of a header: there is no such attribute. */
    static final int ABSENT = -1;

    private final LastAttributes others;
    private int mpReach = ABSENT;
    private int mpUnreach = ABSENT;

    AttributeLocator(LastAttributes others) {
        this.others = others;
    }

    /** Header of MP_REACH_NLRI, or {@link #ABSENT}. */
    int mpReach() {
        return mpReach;
    }

    /** Header of MP_UNREACH_NLRI, or {@link #ABSENT}. */
    int mpUnreach() {
        return mpUnreach;
    }

    /** Walks {@code message[from, to)}. */
    void locate(byte[] message, int from, int to, AttributeErrors errors) throws BgpErrorException {
        others.start();
        mpReach = ABSENT;
        mpUnreach = ABSENT;
        int pieceStart = from;
        int position = from;
        while (position < to) {
            int header = position;
            int headerOctets = AttributeHeader.value(message, header) - header;
            if (to - header < headerOctets) {
                // RFC 7606 §4, the second case.
                errors.withdraw(AttributeError.NO_ATTRIBUTE, ErrorCode.UPDATE_MALFORMED_ATTRIBUTE_LIST, (to - header)
                        + " octets at the end of the attributes, expected none or at least " + headerOctets);
                break;
            }
            int type = AttributeHeader.type(message, header);
            int length = AttributeHeader.length(message, header);
            position = header + headerOctets + length;
            boolean multiprotocol = type == AttributeType.MP_REACH_NLRI || type == AttributeType.MP_UNREACH_NLRI;
            if (position > to) {
                overrun(message, header, to, type, length, to - header - headerOctets, multiprotocol, errors);
                others.append(message, pieceStart, header - pieceStart);
                return;
            }
            if (multiprotocol) {
                others.append(message, pieceStart, header - pieceStart);
                pieceStart = position;
                foundMultiprotocol(type, header);
            }
        }
        others.append(message, pieceStart, Math.min(position, to) - pieceStart);
    }

    /** RFC 7606 §4, the first case. */
    private void overrun(byte[] message, int header, int to, int type, int length, int left, boolean multiprotocol,
            AttributeErrors errors)
            throws BgpErrorException {
        String text = AttributeType.name(type) + ": length " + length + ", expected at most the " + left
                + " octets that are left of the attributes";
        byte[] data = Arrays.copyOfRange(message, header, to);
        if (multiprotocol) {
            // RFC 7606 §3 j: its routes cannot be told, so they cannot be withdrawn either.
            throw new BgpErrorException(Notification.of(ErrorCode.UPDATE_ATTRIBUTE_LENGTH, data), text);
        }
        errors.withdraw(type, ErrorCode.UPDATE_ATTRIBUTE_LENGTH, text, data, 0, data.length);
    }

    private void foundMultiprotocol(int type, int header) throws BgpErrorException {
        boolean reach = type == AttributeType.MP_REACH_NLRI;
        if ((reach ? mpReach : mpUnreach) >= 0) {
            // RFC 7606 §3 g
            throw new BgpErrorException(Notification.of(ErrorCode.UPDATE_MALFORMED_ATTRIBUTE_LIST),
                    AttributeType.name(type) + " stands more than once, expected once");
        }
        if (reach) {
            mpReach = header;
        } else {
            mpUnreach = header;
        }
    }
}
