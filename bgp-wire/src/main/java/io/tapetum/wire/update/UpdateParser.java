package io.tapetum.wire.update;

import java.util.List;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.AttributeErrors;
import io.tapetum.wire.attribute.AttributeHeader;
import io.tapetum.wire.attribute.AttributeInterner;
import io.tapetum.wire.attribute.AttributeReader;
import io.tapetum.wire.attribute.Octets;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.nlri.PrefixReader;

/**
 * Parses the UPDATEs of one session into views (RFC 4271 §4.3, RFC 4760, RFC 7606). See the package for what each kind
 * of error leads to.
 *
 * <pre>
 *   19              21                    +W      +W+2               +A
 *   +----------------+---------------------+--------+------------------+---------------+
 *   | W: withdrawn   | withdrawn routes    | A: at- | path attributes  | NLRI, to the  |
 *   | routes length  |                     | tribute| (MP_REACH_NLRI,  | end of the    |
 *   | (2 octets)     |                     | length | MP_UNREACH_NLRI  | message       |
 *   +----------------+---------------------+ (2)    | among them)      |               |
 *                                          +--------+------------------+---------------+
 * </pre>
 *
 * <p>The views are valid until the next {@link #parse}. They and {@link PathAttributes} have octets of their own, so the
 * frame may go at once. A prefix may be both withdrawn and announced by one
 * UPDATE, and then counts as announced (RFC 4271 §4.3): callers apply {@link #withdrawn} and {@link #unreachable} before
 * {@link #announced} and {@link #reachable}.
 *
 * <p>Used by one thread. Allocates nothing for an UPDATE without errors whose attributes are those of the one before,
 * or known to the interner; next hops in MP_REACH_NLRI that change from one UPDATE to the next apart.
 */
public final class UpdateParser {

    /** Octets of the two length fields of the body. */
    private static final int LENGTH_FIELDS = 4;
    private static final int MIN_MESSAGE = BgpHeader.HEADER_LENGTH + LENGTH_FIELDS;

    private final UpdateContext context;
    private final AttributeInterner interner;
    private final AttributeReader attributeReader;
    private final NegotiatedFamilies families;

    /** The message: octets of an array are read far faster one by one than those of a slice of a direct buffer. */
    private byte[] message = new byte[256];
    private final AttributeErrors errors = new AttributeErrors();
    private final LastAttributes last = new LastAttributes();
    private final AttributeLocator locator = new AttributeLocator(last);
    private final NlriField withdrawn = new NlriField();
    private final NlriField announced = new NlriField();
    private final MultiprotocolRoutes routes;

    private @Nullable PathAttributes attributes;
    private @Nullable PathAttributes reachableAttributes;
    private @Nullable Family endOfRib;

    public UpdateParser(UpdateContext context, AttributeInterner interner) {
        this.context = context;
        this.interner = interner;
        this.attributeReader = new AttributeReader(context.attributeRules());
        this.families = new NegotiatedFamilies(context.families());
        this.routes = new MultiprotocolRoutes(context, families, errors);
    }

    /**
     * Parses an UPDATE.
     *
     * @param frame exactly one message, its header checked, from the reader index to the writer index; neither moves
     * @throws BgpErrorException if the session has to be reset; the views are then undefined
     */
    public void parse(ByteBuf frame) throws BgpErrorException {
        clear();
        int end = frame.readableBytes();
        if (end < MIN_MESSAGE) {
            throw tooShort(end);
        }
        copy(frame, end);
        int withdrawnOffset = BgpHeader.HEADER_LENGTH + 2;
        int withdrawnOctets = Octets.u16(message, withdrawnOffset - 2);
        // RFC 7606 §3 b; checked in two steps, because the second length cannot be read if the first is wrong.
        if (withdrawnOctets > end - withdrawnOffset - 2) {
            throw badLengths("Withdrawn Routes Length " + withdrawnOctets, end - withdrawnOffset - 2);
        }
        int attributesOffset = withdrawnOffset + withdrawnOctets + 2;
        int attributesOctets = Octets.u16(message, attributesOffset - 2);
        if (attributesOctets > end - attributesOffset) {
            throw badLengths("Total Path Attribute Length " + attributesOctets, end - attributesOffset);
        }
        int announcedOffset = attributesOffset + attributesOctets;
        int announcedOctets = end - announcedOffset;

        readClassic(withdrawn, withdrawnOffset, withdrawnOctets, "Withdrawn Routes");
        readClassic(announced, announcedOffset, announcedOctets, "NLRI");
        if (attributesOctets == 0) {
            if (withdrawnOctets == 0 && announcedOctets == 0) {
                // RFC 4724 §2: the End-of-RIB of IPv4 unicast is the smallest UPDATE.
                endOfRib = families.contains(Family.IPV4_UNICAST) ? Family.IPV4_UNICAST : null;
                return;
            }
            last.start();
        } else {
            readMultiprotocol(attributesOffset, announcedOffset);
            if (isMultiprotocolEndOfRib(end)) {
                endOfRib = routes.unreachable().family();
                return;
            }
        }
        readAttributes();
        if (errors.treatAsWithdraw() && announcedOctets == 0 && !routes.encodesReachable()) {
            throwEscalation();
        }
    }

    /** Whether all announced and reachable routes of the UPDATE count as withdrawn (RFC 7606 §2). */
    public boolean treatAsWithdraw() {
        return errors.treatAsWithdraw();
    }

    /** What is wrong with the UPDATE; empty and shared when nothing is. */
    public List<AttributeError> errors() {
        return errors.asList();
    }

    /** The family whose End-of-RIB this is (RFC 4724 §2); all other views are then empty. */
    public @Nullable Family endOfRib() {
        return endOfRib;
    }

    /**
     * A family whose NLRI could not be read while others are in use: all its routes from this peer go, and whatever the
     * peer still sends of it is to be ignored ("AFI/SAFI disable", RFC 7606 §2). Its views are empty.
     */
    public @Nullable Family disabledFamily() {
        return routes.disabledFamily();
    }

    /** The IPv4 prefixes of the Withdrawn Routes field, from the first; every call starts over. */
    public PrefixReader withdrawn() {
        return withdrawn.reader();
    }

    public int withdrawnCount() {
        return withdrawn.count();
    }

    /** The IPv4 prefixes of the NLRI field, from the first; every call starts over. */
    public PrefixReader announced() {
        return announced.reader();
    }

    public int announcedCount() {
        return announced.count();
    }

    /** The family of MP_UNREACH_NLRI, if there is one that counts. */
    public @Nullable Family unreachableFamily() {
        return routes.unreachable().family();
    }

    /** The prefixes of MP_UNREACH_NLRI, from the first; every call starts over. */
    public PrefixReader unreachable() {
        return routes.unreachable().reader();
    }

    public int unreachableCount() {
        return routes.unreachable().count();
    }

    /** The family of MP_REACH_NLRI, if there is one that counts. */
    public @Nullable Family reachableFamily() {
        return routes.reachable().family();
    }

    /** The prefixes of MP_REACH_NLRI, from the first; every call starts over. */
    public PrefixReader reachable() {
        return routes.reachable().reader();
    }

    public int reachableCount() {
        return routes.reachable().count();
    }

    /**
     * The attributes of {@link #announced}; {@code null} if it is empty or {@link #treatAsWithdraw}.
     */
    public @Nullable PathAttributes attributes() {
        return attributes;
    }

    /**
     * The attributes of {@link #reachable}; {@code null} if it is empty or {@link #treatAsWithdraw}.
     */
    public @Nullable PathAttributes reachableAttributes() {
        return reachableAttributes;
    }

    private void clear() {
        errors.clear();
        withdrawn.clear();
        announced.clear();
        routes.clear();
        attributes = null;
        reachableAttributes = null;
        endOfRib = null;
    }

    private void copy(ByteBuf frame, int octets) {
        if (message.length < octets) {
            message = new byte[Math.max(2 * message.length, octets)];
        }
        frame.getBytes(frame.readerIndex(), message, 0, octets);
    }

    private void readClassic(NlriField field, int offset, int octets, String name)
            throws BgpErrorException {
        if (octets == 0) {
            return;
        }
        Family family = Family.IPV4_UNICAST;
        if (!field.set(message, offset, octets, family, context.addPathReceive().contains(family))) {
            // RFC 7606 §5.3 leaves RFC 4271 §6.3 in force: where these prefixes end nobody can tell.
            throw new BgpErrorException(Notification.of(ErrorCode.UPDATE_INVALID_NETWORK_FIELD),
                    name + " field of " + octets + " octets is not a sequence of whole prefixes of 0 to 32 bits");
        }
        if (families.find(AttributeError.NO_ATTRIBUTE, family.afi(), family.safi(), errors) == null) {
            field.clear();
        }
    }

    private void readMultiprotocol(int from, int to) throws BgpErrorException {
        locator.locate(message, from, to, errors);
        if (locator.mpUnreach() != AttributeLocator.ABSENT) {
            routes.readUnreach(message, locator.mpUnreach());
        }
        if (locator.mpReach() != AttributeLocator.ABSENT) {
            routes.readReach(message, locator.mpReach());
        }
        if (routes.disabledFamily() != null) {
            routes.dropDisabled();
        }
        if (routes.disabledFamily() == Family.IPV4_UNICAST) {
            withdrawn.clear();
            announced.clear();
        }
    }

    /** RFC 4724 §2: MP_UNREACH_NLRI without routes, and nothing else in the message. */
    private boolean isMultiprotocolEndOfRib(int messageOctets) {
        NlriField unreachable = routes.unreachable();
        return unreachable.family() != null && unreachable.count() == 0 && messageOctets == MIN_MESSAGE
                + AttributeHeader.end(message, locator.mpUnreach()) - locator.mpUnreach();
    }

    private void readAttributes() throws BgpErrorException {
        boolean classicRoutes = announced.count() > 0;
        boolean mpRoutes = routes.reachable().count() > 0;
        if (errors.isEmpty() && last.isRepeated() && repeat(classicRoutes, mpRoutes)) {
            return;
        }
        boolean usable = attributeReader.read(last.octets(), last.length(), classicRoutes, classicRoutes || mpRoutes,
                errors);
        if (!usable) {
            return;
        }
        PathAttributes made = null;
        if (classicRoutes) {
            made = interner.intern(attributeReader.withOwnNextHop());
            attributes = made;
        }
        if (mpRoutes) {
            reachableAttributes = made == null
                    ? interner.intern(routes.withNextHop(attributeReader))
                    : withMpNextHop(made);
        }
        if (errors.isEmpty()) {
            last.remember(attributes, reachableAttributes);
        }
    }

    /** Takes the attributes of the UPDATE before, whose octets are the same; false if they do not suffice. */
    private boolean repeat(boolean classicRoutes, boolean mpRoutes) {
        PathAttributes classic = last.classic();
        PathAttributes multiprotocol = last.multiprotocol();
        if (classicRoutes && classic == null) {
            return false;
        }
        if (classicRoutes) {
            attributes = classic;
        }
        if (mpRoutes) {
            PathAttributes known = multiprotocol != null ? multiprotocol : classic;
            if (known == null) {
                return false;
            }
            PathAttributes wanted = withMpNextHop(known);
            if (!wanted.equals(multiprotocol)) {
                last.replaceMultiprotocol(wanted);
            }
            reachableAttributes = wanted;
        }
        return true;
    }

    private PathAttributes withMpNextHop(PathAttributes known) {
        return routes.hasNextHop(known.nextHop())
                ? known
                : interner.intern(known.withNextHop(routes.nextHop()));
    }

    /**
     * RFC 7606 §5.2: without reachable NLRI nobody can be sure that the routes to withdraw were all found.
     */
    private void throwEscalation() throws BgpErrorException {
        BgpErrorException escalation = errors.escalation();
        if (escalation != null) {
            throw escalation;
        }
    }

    /** RFC 4271 §6.1: the data is the length field. */
    private static BgpErrorException tooShort(int length) {
        byte[] data = {(byte) (length >>> 8), (byte) length};
        return new BgpErrorException(Notification.of(ErrorCode.HEADER_BAD_LENGTH, data),
                "UPDATE of " + length + " octets, expected at least " + MIN_MESSAGE);
    }

    private static BgpErrorException badLengths(String what, int left) {
        return new BgpErrorException(Notification.of(ErrorCode.UPDATE_MALFORMED_ATTRIBUTE_LIST),
                what + ", expected at most the " + left + " octets that are left of the message");
    }

}
