package io.tapetum.load.verify;

import static io.tapetum.wire.attribute.AttributeType.AS_PATH;
import static io.tapetum.wire.attribute.AttributeType.CLUSTER_LIST;
import static io.tapetum.wire.attribute.AttributeType.COMMUNITIES;
import static io.tapetum.wire.attribute.AttributeType.FLAG_EXTENDED_LENGTH;
import static io.tapetum.wire.attribute.AttributeType.FLAG_OPTIONAL;
import static io.tapetum.wire.attribute.AttributeType.FLAG_PARTIAL;
import static io.tapetum.wire.attribute.AttributeType.FLAG_TRANSITIVE;
import static io.tapetum.wire.attribute.AttributeType.LOCAL_PREF;
import static io.tapetum.wire.attribute.AttributeType.MULTI_EXIT_DISC;
import static io.tapetum.wire.attribute.AttributeType.NEXT_HOP;
import static io.tapetum.wire.attribute.AttributeType.ORIGIN;
import static io.tapetum.wire.attribute.AttributeType.ORIGINATOR_ID;

import java.util.List;
import java.util.stream.IntStream;

import io.tapetum.bench.routes.RouteAttributes;
import io.tapetum.load.route.Addresses;
import io.tapetum.wire.attribute.AttributeType;

/**
 * Whether an attribute block is what a reflector has to make of the one it was sent (RFC 4456 §8): everything as it was,
 * the ORIGINATOR_ID of the owner, and a CLUSTER_LIST of one cluster. The order of attributes does not matter, nor that
 * of communities.
 *
 * <p>Reads every octet once, and is slow: {@link UpdateCheck} asks only for blocks that it has not seen before.
 */
final class AttributeCheck {

    private static final int AS_SEQUENCE = 2;

    private final byte[] octets;
    private final RouteAttributes sent;
    private final int originator;
    private int position;
    private int seen;
    private int med = (int) RouteAttributes.NO_MED;

    private AttributeCheck(byte[] octets, int from, RouteAttributes sent, int originator) {
        this.octets = octets;
        this.sent = sent;
        this.originator = originator;
        position = from;
    }

    /**
     * Checks {@code octets[from, to)}.
     *
     * @param sent what the owner sent, but for its MED
     * @param originator BGP identifier of the owner
     * @return the MED, or -1 if there is none
     */
    static int check(byte[] octets, int from, int to, RouteAttributes sent, int originator)
            throws WrongUpdateException {
        AttributeCheck check = new AttributeCheck(octets, from, sent, originator);
        while (check.position < to) {
            check.next(to);
        }
        check.requireAll();
        return check.med;
    }

    private void next(int to) throws WrongUpdateException {
        int flags = octet(position);
        int header = (flags & FLAG_EXTENDED_LENGTH) == 0 ? 3 : 4;
        if (position + header > to) {
            throw new WrongUpdateException("an attribute that ends inside of its header");
        }
        int type = octet(position + 1);
        int length = header == 3 ? octet(position + 2) : octet(position + 2) << 8 | octet(position + 3);
        int value = position + header;
        position = value + length;
        String name = AttributeType.name(type);
        if (position > to) {
            throw new WrongUpdateException(name + " is longer than what is left of the attributes");
        }
        if (type > CLUSTER_LIST) {
            throw new WrongUpdateException(name + ", which nobody sent");
        }
        if ((seen & 1 << type) != 0) {
            throw new WrongUpdateException(name + " twice");
        }
        seen |= 1 << type;
        int category = flags & (FLAG_OPTIONAL | FLAG_TRANSITIVE | FLAG_PARTIAL);
        if (category != AttributeType.category(type)) {
            throw new WrongUpdateException("%s with the flags 0x%02x".formatted(name, flags));
        }
        switch (type) {
            case ORIGIN -> require(name, sent.origin(), length == 1 ? octet(value) : -1);
            case AS_PATH -> require(name, sent.asPath(), asPath(value, length));
            case NEXT_HOP -> requireAddress(name, sent.nextHop().ipv4Address(), value, length);
            case MULTI_EXIT_DISC -> {
                if (length != 4 || (med = integer(value)) < 0) {
                    throw new WrongUpdateException(name + " that nobody sent");
                }
            }
            case LOCAL_PREF -> require(name, sent.localPref(), length == 4 ? integer(value) & 0xFFFFFFFFL : -1L);
            case COMMUNITIES -> require(name, sorted(sent.communities().stream().mapToInt(Integer::intValue)),
                    sorted(integers(value, length)));
            case ORIGINATOR_ID -> requireAddress(name, originator, value, length);
            case CLUSTER_LIST -> {
                if (length != 4) {
                    throw new WrongUpdateException(name + " of " + length / 4 + " clusters instead of one");
                }
                requireAddress(name, Addresses.CLUSTER_ID, value, length);
            }
            default -> throw new WrongUpdateException(name + ", which nobody sent");
        }
    }

    private void requireAll() throws WrongUpdateException {
        int wanted = 1 << ORIGIN | 1 << AS_PATH | 1 << NEXT_HOP | 1 << LOCAL_PREF | 1 << ORIGINATOR_ID
                | 1 << CLUSTER_LIST | (sent.communities().isEmpty() ? 0 : 1 << COMMUNITIES);
        int lacking = wanted & ~seen;
        if (lacking != 0) {
            throw new WrongUpdateException("no " + AttributeType.name(Integer.numberOfTrailingZeros(lacking)));
        }
    }

    private List<Integer> asPath(int from, int length) throws WrongUpdateException {
        if (length == 0) {
            return List.of();
        }
        if (length < 2 || octet(from) != AS_SEQUENCE || 2 + 4 * octet(from + 1) != length) {
            throw new WrongUpdateException("AS_PATH that is not one AS_SEQUENCE");
        }
        return integers(from + 2, length - 2).boxed().toList();
    }

    private static List<Integer> sorted(IntStream communities) {
        return communities.distinct().sorted().boxed().toList();
    }

    private static void require(String name, Object wanted, Object found) throws WrongUpdateException {
        if (!wanted.equals(found)) {
            throw new WrongUpdateException(name + " is " + found + " instead of " + wanted);
        }
    }

    private void requireAddress(String name, int wanted, int from, int length) throws WrongUpdateException {
        if (length != 4) {
            throw new WrongUpdateException(name + " of " + length + " octets");
        }
        require(name, Addresses.toString(wanted), Addresses.toString(integer(from)));
    }

    private IntStream integers(int from, int length) {
        return IntStream.range(0, length / 4).map(i -> integer(from + 4 * i));
    }

    private int integer(int from) {
        return octet(from) << 24 | octet(from + 1) << 16 | octet(from + 2) << 8 | octet(from + 3);
    }

    private int octet(int at) {
        return octets[at] & 0xFF;
    }
}
