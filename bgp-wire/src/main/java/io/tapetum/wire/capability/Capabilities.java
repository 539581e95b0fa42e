package io.tapetum.wire.capability;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;

/**
 * What the capabilities of one OPEN mean together. A speaker may repeat a capability (RFC 5492 §4); this view says
 * which instance counts: multiprotocol and extended next hop add up, of all others the last wins.
 *
 * @param list in the order of the OPEN
 */
public record Capabilities(List<Capability> list) {

    /** A speaker that offers nothing: IPv4 unicast as RFC 4271 has it. */
    public static final Capabilities NONE = new Capabilities(List.of());

    public Capabilities {
        list = List.copyOf(list);
    }

    /**
     * The families that both this speaker offers and are routed here.
     *
     * <p>A speaker without any multiprotocol capability is one of plain RFC 4271 and means IPv4 unicast; one that
     * names families means exactly those.
     *
     * @return in the order of {@link Family}; unmodifiable
     */
    public Set<Family> families() {
        EnumSet<Family> families = EnumSet.noneOf(Family.class);
        if (!has(Multiprotocol.class)) {
            families.add(Family.IPV4_UNICAST);
        }
        all(Multiprotocol.class).forEach(offer -> {
            Family family = Family.of(offer.afi(), offer.safi());
            if (family != null) {
                families.add(family);
            }
        });
        return Collections.unmodifiableSet(families);
    }

    /** Understands ROUTE-REFRESH requests (RFC 2918). */
    public boolean routeRefresh() {
        return has(RouteRefreshCapability.class);
    }

    /** Understands the BoRR and EoRR that bracket a refresh (RFC 7313). */
    public boolean enhancedRouteRefresh() {
        return has(EnhancedRouteRefresh.class);
    }

    /** Can receive messages of up to 65535 octets (RFC 8654). */
    public boolean extendedMessage() {
        return has(ExtendedMessage.class);
    }

    /** The AS number of a speaker of four-octet AS numbers, 0 to 4294967295; empty for one that knows two octets. */
    public OptionalLong fourOctetAs() {
        return all(FourOctetAs.class).mapToLong(FourOctetAs::as).reduce((_, later) -> later);
    }

    /** RFC 4724 §3: all instances but the last are ignored. */
    public Optional<GracefulRestart> gracefulRestart() {
        return lastOf(all(GracefulRestart.class));
    }

    /** How graceful restart treats this family; empty if it is not covered. */
    public Optional<GracefulRestart.RestartTuple> gracefulRestart(Family family) {
        return lastOf(gracefulRestart().stream().flatMap(restart -> restart.tuples().stream())
                .filter(tuple -> tuple.afi() == family.afi() && tuple.safi() == family.safi()));
    }

    /** RFC 9494 §3.1: it counts only beside graceful restart. */
    public Optional<LongLivedGracefulRestart> longLivedGracefulRestart() {
        return has(GracefulRestart.class) ? lastOf(all(LongLivedGracefulRestart.class)) : Optional.empty();
    }

    /** How long stale routes of this family may live; empty if the family is not covered. */
    public Optional<LongLivedGracefulRestart.StaleTuple> longLivedGracefulRestart(Family family) {
        return lastOf(longLivedGracefulRestart().stream().flatMap(longLived -> longLived.tuples().stream())
                .filter(tuple -> tuple.afi() == family.afi() && tuple.safi() == family.safi()));
    }

    /**
     * What this speaker can do with several paths per prefix of this family; empty if nothing. RFC 7911 §4 asks for a
     * single instance; when a family is named again all the same, the last mention wins.
     */
    public Optional<AddPath.PathTuple> addPath(Family family) {
        return lastOf(all(AddPath.class).flatMap(addPath -> addPath.tuples().stream())
                .filter(tuple -> tuple.afi() == family.afi() && tuple.safi() == family.safi()));
    }

    /**
     * Accepts a next hop of another family than the prefixes' own (RFC 8950).
     *
     * @param family of the prefixes
     * @param nextHopAfi of the next hop: 2 for IPv6
     */
    public boolean extendedNextHop(Family family, int nextHopAfi) {
        return all(ExtendedNextHop.class).flatMap(nextHop -> nextHop.tuples().stream())
                .anyMatch(tuple -> tuple.afi() == family.afi() && tuple.safi() == family.safi()
                        && tuple.nextHopAfi() == nextHopAfi);
    }

    private boolean has(Class<? extends Capability> type) {
        return list.stream().anyMatch(type::isInstance);
    }

    private <C extends Capability> Stream<C> all(Class<C> type) {
        return list.stream().filter(type::isInstance).map(type::cast);
    }

    private static <T> Optional<T> lastOf(Stream<T> stream) {
        return stream.reduce((_, later) -> later);
    }
}
