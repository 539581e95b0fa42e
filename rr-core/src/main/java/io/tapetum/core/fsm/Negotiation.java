package io.tapetum.core.fsm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;

/** Writes our OPEN, judges the peer's (RFC 4271 §6.2), and finds what both have in common. */
final class Negotiation {

    private static final int VERSION = 4;
    private static final int AFI_IPV6 = 2;
    private static final int MAX_TWO_OCTET_AS = 0xffff;

    private Negotiation() {}

    /**
     * Our OPEN.
     *
     * @param restarting the R bit (RFC 4724 §3): whether this reflector has just started and waits for routes
     */
    static Open offer(FsmSettings settings, boolean restarting) {
        List<Capability> capabilities = new ArrayList<>(multiprotocol(settings));
        capabilities.add(new RouteRefreshCapability());
        if (settings.extendedNextHop() && settings.families().contains(Family.IPV4_UNICAST)) {
            capabilities.add(new ExtendedNextHop(List.of(new ExtendedNextHop.NextHopTuple(
                    Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi(), AFI_IPV6))));
        }
        if (settings.extendedMessages()) {
            capabilities.add(new ExtendedMessage());
        }
        if (settings.gracefulRestartSeconds() > 0) {
            // F is always set: packets do not pass through a reflector, so forwarding survives its restart.
            capabilities.add(new GracefulRestart(restarting, false, settings.gracefulRestartSeconds(),
                    ordered(settings).stream()
                            .map(family -> new GracefulRestart.RestartTuple(family.afi(), family.safi(), true))
                            .toList()));
        }
        capabilities.add(new FourOctetAs(settings.localAs()));
        if (settings.addPathReceive() || settings.addPathSend()) {
            capabilities.add(new AddPath(ordered(settings).stream().map(family -> new AddPath.PathTuple(family.afi(),
                    family.safi(), settings.addPathReceive(), settings.addPathSend())).toList()));
        }
        capabilities.add(new EnhancedRouteRefresh());
        if (settings.gracefulRestartSeconds() > 0) {
            // RFC 9494 §4.1: only beside graceful restart; without families from who asks for nothing but understands it.
            capabilities.add(longLived(settings));
        }
        return open(settings, capabilities);
    }

    private static LongLivedGracefulRestart longLived(FsmSettings settings) {
        int seconds = settings.longLivedStaleSeconds();
        return new LongLivedGracefulRestart(seconds == 0
                ? List.of()
                : ordered(settings).stream().map(family -> new LongLivedGracefulRestart.StaleTuple(family.afi(),
                        family.safi(), true, seconds)).toList());
    }

    /** An OPEN without capabilities, for a peer that refused those of the last one (RFC 5492 §3). */
    static Open plainOffer(FsmSettings settings) {
        return open(settings, List.of());
    }

    /** Without capabilities, only IPv4 unicast and two-octet AS numbers are left. */
    static boolean canDoWithoutCapabilities(FsmSettings settings) {
        return settings.families().contains(Family.IPV4_UNICAST) && settings.localAs() <= MAX_TWO_OCTET_AS
                && settings.remoteAs() <= MAX_TWO_OCTET_AS;
    }

    private static Open open(FsmSettings settings, List<Capability> capabilities) {
        int myAs = settings.localAs() <= MAX_TWO_OCTET_AS ? (int) settings.localAs() : Open.AS_TRANS;
        return new Open(VERSION, myAs, settings.timers().holdTimeSeconds(), settings.routerId(), capabilities);
    }

    /** What our OPEN and the peer's agree on. */
    static Negotiated agree(FsmSettings settings, Open ours, Open theirs) throws BgpErrorException {
        if (theirs.version() != VERSION) {
            // RFC 4271 §6.2: the data is the largest version that is supported here.
            throw error(ErrorCode.OPEN_UNSUPPORTED_VERSION, new byte[]{0, VERSION},
                    "version " + theirs.version() + ", expected " + VERSION);
        }
        FourOctetAs fourOctetAs = last(theirs, FourOctetAs.class);
        long peerAs = checkAs(settings, theirs, fourOctetAs);
        int hold = theirs.holdTimeSeconds();
        if (hold == 1 || hold == 2) {
            throw error(ErrorCode.OPEN_UNACCEPTABLE_HOLD_TIME, "hold time " + hold + " s, expected 0 or at least 3");
        }
        checkIdentifier(settings, theirs);
        Set<Family> families = commonFamilies(settings, ours, theirs);

        int holdTime = Math.min(settings.timers().holdTimeSeconds(), hold);
        boolean refresh = both(ours, theirs, RouteRefreshCapability.class);
        return new Negotiated(theirs, peerAs, theirs.bgpIdentifier(), settings.internal(), holdTime, holdTime / 3,
                families, both(ours, theirs, FourOctetAs.class), addPath(ours, theirs, families),
                addPath(theirs, ours, families),
                both(ours, theirs, ExtendedMessage.class), refresh,
                refresh && both(ours, theirs, EnhancedRouteRefresh.class),
                extendedNextHop(ours, theirs, families), last(theirs, GracefulRestart.class),
                longLivedGracefulRestart(ours, theirs));
    }

    /**
     * The peer's AS number (RFC 6793 §4.1). The two-octet field must repeat the capability's number if that fits, but
     * AS_TRANS is taken too: some speakers write it for every number that they consider special.
     */
    private static long checkAs(FsmSettings settings, Open theirs, @Nullable FourOctetAs capability)
            throws BgpErrorException {
        int field = theirs.myAs();
        long as = capability == null ? field : capability.as();
        if (as == 0) {
            throw error(ErrorCode.OPEN_BAD_PEER_AS, "AS 0 is reserved (RFC 7607)");
        }
        if (capability != null && field != as && field != Open.AS_TRANS) {
            throw error(ErrorCode.OPEN_BAD_PEER_AS,
                    "AS " + as + " in the four-octet AS capability, but " + field + " in the two-octet field");
        }
        if (as == Open.AS_TRANS) {
            throw error(ErrorCode.OPEN_BAD_PEER_AS, capability == null
                    ? "AS_TRANS (23456) without a four-octet AS capability"
                    : "AS_TRANS (23456) in the four-octet AS capability");
        }
        if (as != settings.remoteAs()) {
            throw error(ErrorCode.OPEN_BAD_PEER_AS, "AS " + as + ", expected " + settings.remoteAs());
        }
        return as;
    }

    /** RFC 6286 §2.2: non-zero, and unique within an AS only. */
    private static void checkIdentifier(FsmSettings settings, Open theirs) throws BgpErrorException {
        if (theirs.bgpIdentifier() == 0) {
            throw error(ErrorCode.OPEN_BAD_IDENTIFIER, "BGP Identifier 0.0.0.0");
        }
        if (settings.internal() && theirs.bgpIdentifier() == settings.routerId()) {
            throw error(ErrorCode.OPEN_BAD_IDENTIFIER, "BGP Identifier " + dotted(theirs.bgpIdentifier())
                    + " is our own, and the peer is in our AS");
        }
    }

    /**
     * The families that both sides offer; an OPEN without a multiprotocol capability offers IPv4 unicast (RFC 4760 §8).
     * A session without any would carry nothing and hide the mistake, so it is refused, with what would have been
     * accepted as data (RFC 5492 §3).
     */
    private static Set<Family> commonFamilies(FsmSettings settings, Open ours, Open theirs)
            throws BgpErrorException {
        Set<Family> common = families(theirs);
        common.retainAll(families(ours));
        if (common.isEmpty()) {
            throw error(ErrorCode.OPEN_UNSUPPORTED_CAPABILITY, encode(multiprotocol(settings)),
                    "no common address family: the peer offers " + families(theirs) + ", we offer " + families(ours));
        }
        return common;
    }

    private static Set<Family> families(Open open) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        boolean multiprotocol = false;
        for (Capability capability : open.capabilities()) {
            if (capability instanceof Multiprotocol(int afi, int safi)) {
                multiprotocol = true;
                add(families, afi, safi);
            }
        }
        if (!multiprotocol) {
            families.add(Family.IPV4_UNICAST);
        }
        return families;
    }

    /** RFC 7911 §4: in a family there are path ids if the receiver offered to receive and the sender to send them. */
    private static Set<Family> addPath(Open receiver, Open sender, Set<Family> families) {
        Set<Family> agreed = addPath(receiver, AddPath.PathTuple::receive);
        agreed.retainAll(addPath(sender, AddPath.PathTuple::send));
        agreed.retainAll(families);
        return agreed;
    }

    private static Set<Family> addPath(Open open, Predicate<AddPath.PathTuple> direction) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        AddPath offered = last(open, AddPath.class);
        if (offered != null) {
            for (AddPath.PathTuple tuple : offered.tuples()) {
                if (direction.test(tuple)) {
                    add(families, tuple.afi(), tuple.safi());
                }
            }
        }
        return families;
    }

    private static boolean extendedNextHop(Open ours, Open theirs, Set<Family> families) {
        ExtendedNextHop offered = last(ours, ExtendedNextHop.class);
        ExtendedNextHop answered = last(theirs, ExtendedNextHop.class);
        return offered != null && answered != null && families.contains(Family.IPV4_UNICAST)
                && answered.tuples().contains(offered.tuples().getFirst());
    }

    private static @Nullable LongLivedGracefulRestart longLivedGracefulRestart(Open ours, Open theirs) {
        LongLivedGracefulRestart offered = last(theirs, LongLivedGracefulRestart.class);
        if (offered == null || last(theirs, GracefulRestart.class) == null) {
            return null; // RFC 9494 §4.5: without graceful restart it is as if it had not come
        }
        // RFC 9494 §4.2: routes are kept in sessions in which both sides announced it
        return last(ours, LongLivedGracefulRestart.class) == null ? new LongLivedGracefulRestart(List.of()) : offered;
    }

    private static void add(Set<Family> families, int afi, int safi) {
        Family family = Family.of(afi, safi);
        if (family != null) {
            families.add(family);
        }
    }

    private static boolean both(Open ours, Open theirs, Class<? extends Capability> type) {
        return last(ours, type) != null && last(theirs, type) != null;
    }

    /** Of a capability that is repeated, the last one counts (RFC 4724 §3 says so for graceful restart). */
    private static <C extends Capability> @Nullable C last(Open open, Class<C> type) {
        C last = null;
        for (Capability capability : open.capabilities()) {
            if (type.isInstance(capability)) {
                last = type.cast(capability);
            }
        }
        return last;
    }

    private static List<Multiprotocol> multiprotocol(FsmSettings settings) {
        return ordered(settings).stream().map(family -> new Multiprotocol(family.afi(), family.safi())).toList();
    }

    /** A fixed order, so that equal settings give equal octets. */
    private static Set<Family> ordered(FsmSettings settings) {
        return EnumSet.copyOf(settings.families());
    }

    /** As in an OPEN: code 1, length 4, AFI, a reserved octet, SAFI (RFC 4760 §8). */
    private static byte[] encode(List<Multiprotocol> capabilities) {
        ByteBuffer data = ByteBuffer.allocate(6 * capabilities.size());
        for (Multiprotocol capability : capabilities) {
            data.put((byte) 1).put((byte) 4).putShort((short) capability.afi()).put((byte) 0)
                    .put((byte) capability.safi());
        }
        return data.array();
    }

    private static String dotted(int identifier) {
        return (identifier >>> 24) + "." + (identifier >>> 16 & 0xff) + "." + (identifier >>> 8 & 0xff) + "."
                + (identifier & 0xff);
    }

    private static BgpErrorException error(ErrorCode error, String reason) {
        return new BgpErrorException(Notification.of(error), reason);
    }

    private static BgpErrorException error(ErrorCode error, byte[] data, String reason) {
        return new BgpErrorException(Notification.of(error, data), reason);
    }
}
