package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.Path;
import io.tapetum.rib.RouteSource.Kind;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/** Who is told of whose best paths (RFC 4456 §6, §10; RFC 1997; RFC 8950). */
class AdmissionTest {

    private static final String NO_EXPORT = "ffffff01";
    private static final String LLGR_STALE = "ffff0006";
    private static final String NO_LLGR = "ffff0007";
    private static final String NO_ADVERTISE = "ffffff02";
    private static final String NO_EXPORT_SUBCONFED = "ffffff03";

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
            "CLIENT,     CLIENT,     true", "CLIENT,     NON_CLIENT, true", "CLIENT,     EXTERNAL,   true",
            "NON_CLIENT, CLIENT,     true", "NON_CLIENT, NON_CLIENT, false", "NON_CLIENT, EXTERNAL,   true",
            "EXTERNAL,   CLIENT,     true", "EXTERNAL,   NON_CLIENT, true", "EXTERNAL,   EXTERNAL,   true"})
    void the_roles_of_both_ends_decide(Kind from, PeerRole to, boolean admitted) {
        for (Family family : Family.values()) {
            assertThat(Sample.admits(Sample.key(family, to), path(from, family))).as("%s", family).isEqualTo(admitted);
        }
    }

    /** RFC 4456 §10. */
    @ParameterizedTest(name = "client to client {0}, same cluster {1}: {2}")
    @CsvSource({"true, true, true", "true, false, true", "false, true, false", "false, false, true"})
    void clients_in_a_full_mesh_of_their_own_are_spared_each_others_routes_only(boolean clientToClient,
            boolean sameCluster, boolean admitted) {
        for (Family family : Family.values()) {
            GroupKey key = Sample.clients(family, sameCluster ? Sample.CLUSTER : Sample.OTHER_CLUSTER, clientToClient);

            assertThat(Sample.admits(key, path(Kind.CLIENT, family))).as("%s", family).isEqualTo(admitted);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"NON_CLIENT", "EXTERNAL"})
    void such_clients_still_get_everybody_elses(Kind from) {
        GroupKey key = Sample.clients(Family.IPV4_UNICAST, Sample.CLUSTER, false);

        assertThat(Sample.admits(key, path(from, Family.IPV4_UNICAST))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(PeerRole.class)
    void no_advertise_is_for_nobody(PeerRole to) {
        assertThat(Sample.admits(Sample.key(Family.IPV4_UNICAST, to), withCommunity(NO_ADVERTISE))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({NO_EXPORT + ", CLIENT, true", NO_EXPORT + ", NON_CLIENT, true", NO_EXPORT + ", EXTERNAL, false",
            NO_EXPORT_SUBCONFED + ", CLIENT, true", NO_EXPORT_SUBCONFED + ", NON_CLIENT, true",
            NO_EXPORT_SUBCONFED + ", EXTERNAL, false"})
    void no_export_stays_in_the_as(String community, PeerRole to, boolean admitted) {
        assertThat(Sample.admits(Sample.key(Family.IPV4_UNICAST, to), withCommunity(community))).isEqualTo(admitted);
    }

    /** RFC 9494 §4.3. */
    @ParameterizedTest
    @EnumSource(PeerRole.class)
    void a_long_lived_stale_route_is_only_for_those_who_know_what_it_is(PeerRole to) {
        GroupKey unaware = Sample.key(Family.IPV4_UNICAST, to);

        assertThat(Sample.admits(unaware, withCommunity(LLGR_STALE))).isFalse();
        assertThat(Sample.admits(Sample.longLived(unaware), withCommunity(LLGR_STALE))).isTrue();
        assertThat(Sample.admits(unaware, withCommunity(NO_LLGR))).isTrue();
    }

    /** RFC 8950 §4: a peer that has not negotiated them would take the octets for something else. */
    @Test
    void an_ipv6_next_hop_of_an_ipv4_route_is_only_for_those_who_understand_it() {
        Path path = Sample.path(Sample.source(Kind.CLIENT), RawUpdate.announcement6("2001:db8::1", "2001:db8::/32"));
        GroupKey classic = Sample.key(Family.IPV4_UNICAST, PeerRole.CLIENT);

        assertThat(Sample.admits(classic, path)).isFalse();
        assertThat(Sample.admits(Sample.withIpv6NextHops(classic), path)).isTrue();
        assertThat(Sample.nextHop(Sample.withIpv6NextHops(classic), path))
                .isEqualTo(NextHop.ipv6(0x20010db8_00000000L, 1));
    }

    @Test
    void an_ipv6_route_cannot_have_an_ipv4_next_hop() {
        Path path = path(Kind.CLIENT, Family.IPV4_UNICAST);

        assertThat(Sample.admits(Sample.key(Family.IPV6_UNICAST, PeerRole.CLIENT), path)).isFalse();
    }

    /** Of a session over IPv4 no address is known that an IPv6 route could name. */
    @Test
    void a_route_that_would_need_our_address_in_a_family_we_have_none_of_is_withheld() {
        GroupKey key = Sample.withSelf(Sample.key(Family.IPV6_UNICAST, PeerRole.EXTERNAL), NextHop.ipv4(0x0a0000fe));

        assertThat(Sample.admits(key, path(Kind.CLIENT, Family.IPV6_UNICAST))).isFalse();
    }

    @ParameterizedTest(name = "{0} to {1} says {2}")
    @CsvSource({NO_ADVERTISE + ", CLIENT, NO_ADVERTISE", LLGR_STALE + ", CLIENT, LONG_LIVED_STALE",
            NO_EXPORT + ", EXTERNAL, NO_EXPORT", NO_EXPORT_SUBCONFED + ", EXTERNAL, NO_EXPORT_SUBCONFED",
            NO_EXPORT + ", CLIENT, ADMITTED"})
    void what_a_community_forbids_is_named(String community, PeerRole to, EgressVerdict verdict) {
        assertThat(Sample.verdict(Sample.key(Family.IPV4_UNICAST, to), withCommunity(community))).isEqualTo(verdict);
    }

    @Test
    void what_the_roles_of_both_ends_forbid_is_named() {
        Path nonClients = path(Kind.NON_CLIENT, Family.IPV4_UNICAST);
        Path clients = path(Kind.CLIENT, Family.IPV4_UNICAST);
        GroupKey meshed = Sample.clients(Family.IPV4_UNICAST, Sample.CLUSTER, false);

        assertThat(Sample.verdict(Sample.key(Family.IPV4_UNICAST, PeerRole.NON_CLIENT), nonClients))
                .isEqualTo(EgressVerdict.NON_CLIENT_TO_NON_CLIENT);
        assertThat(Sample.verdict(meshed, clients)).isEqualTo(EgressVerdict.CLIENT_TO_CLIENT);
        assertThat(Sample.verdict(Sample.key(Family.IPV6_UNICAST, PeerRole.CLIENT), clients))
                .isEqualTo(EgressVerdict.NEXT_HOP);
    }

    private static Path path(Kind from, Family family) {
        return Sample.path(Sample.source(from), switch (family) {
            case IPV4_UNICAST -> RawUpdate.announcement("192.0.2.1", "10.1.0.0/16");
            case IPV6_UNICAST -> RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48");
        });
    }

    private static Path withCommunity(String community) {
        return Sample.path(Sample.source(Kind.CLIENT),
                RawUpdate.announcement("192.0.2.1", "10.1.0.0/16").attribute(0xC0, 8, "fde80001" + community));
    }
}
