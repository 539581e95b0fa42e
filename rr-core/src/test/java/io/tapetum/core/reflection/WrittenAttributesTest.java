package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.Path;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.RouteSource.Kind;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/** The octets of the attributes that leave, for every kind of source and receiver (RFC 4456 §8, §10; RFC 4271 §5.1). */
class WrittenAttributesTest {

    private static final String ORIGIN = "40010100";
    private static final String AS_PATH = "4002060201" + "0000fde9";
    private static final String NEXT_HOP = "400304" + "c0000201";
    private static final String MED = "800404" + "0000000a";
    private static final String LOCAL_PREF = "400504" + "000000c8";
    private static final String COMMUNITIES = "c00804" + "fde80001";
    private static final String ORIGINATOR_ID = "800904" + "07070707";
    private static final String CLUSTER_LIST = "800a04" + "01010101";
    /** Unknown, optional and transitive: the parser has set the Partial bit (RFC 4271 §5). */
    private static final String UNKNOWN = "e06302" + "abcd";

    private static final GroupKey CLIENTS = Sample.key(Family.IPV4_UNICAST, PeerRole.CLIENT);
    private static final GroupKey NON_CLIENTS = Sample.key(Family.IPV4_UNICAST, PeerRole.NON_CLIENT);
    private static final GroupKey EXTERNALS = Sample.key(Family.IPV4_UNICAST, PeerRole.EXTERNAL);

    @Test
    void from_client_to_client_only_originator_and_cluster_are_added() {
        assertThat(Sample.written(CLIENTS, path(Kind.CLIENT))).isEqualTo(ORIGIN + AS_PATH + NEXT_HOP + MED + LOCAL_PREF
                + COMMUNITIES + ORIGINATOR_ID + CLUSTER_LIST + UNKNOWN);
    }

    @Test
    void from_client_to_non_client_likewise() {
        assertThat(Sample.written(NON_CLIENTS, path(Kind.CLIENT))).isEqualTo(ORIGIN + AS_PATH + NEXT_HOP + MED
                + LOCAL_PREF + COMMUNITIES + ORIGINATOR_ID + CLUSTER_LIST + UNKNOWN);
    }

    @Test
    void from_non_client_to_client_the_clients_cluster_is_added() {
        Path path = path(Sample.source(Kind.NON_CLIENT, Sample.OTHER_CLUSTER));

        assertThat(Sample.written(CLIENTS, path)).isEqualTo(ORIGIN + AS_PATH + NEXT_HOP + MED + LOCAL_PREF + COMMUNITIES
                + ORIGINATOR_ID + CLUSTER_LIST + UNKNOWN);
    }

    /** Otherwise it could go round between the two clusters. */
    @Test
    void between_two_clusters_both_are_added_the_receivers_first() {
        Path path = path(Sample.source(Kind.CLIENT, Sample.OTHER_CLUSTER));

        assertThat(Sample.written(CLIENTS, path)).isEqualTo(ORIGIN + AS_PATH + NEXT_HOP + MED + LOCAL_PREF + COMMUNITIES
                + ORIGINATOR_ID + "800a08" + "01010101" + "02020202" + UNKNOWN);
    }

    @Test
    void a_client_of_another_cluster_brings_that_one_to_non_clients() {
        Path path = path(Sample.source(Kind.CLIENT, Sample.OTHER_CLUSTER));

        assertThat(Sample.written(NON_CLIENTS, path)).contains("800a04" + "02020202");
    }

    @Test
    void a_route_of_another_as_is_not_reflected_but_passed_on_as_it_is() {
        Path path = path(Kind.EXTERNAL);
        String unchanged = ORIGIN + AS_PATH + NEXT_HOP + MED + "400504" + "00000064" + COMMUNITIES + UNKNOWN;

        assertThat(Sample.written(CLIENTS, path)).isEqualTo(unchanged);
        assertThat(Sample.written(NON_CLIENTS, path)).isEqualTo(unchanged);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void towards_another_as_ours_is_prepended_and_what_is_internal_left_out(Kind from) {
        Path path = path(from);

        assertThat(Sample.written(EXTERNALS, path))
                .isEqualTo(ORIGIN + "40020a0202" + "0000fc00" + "0000fde9" + NEXT_HOP + COMMUNITIES + UNKNOWN);
    }

    @Test
    void towards_another_as_what_other_reflectors_added_is_left_out_too() {
        Path path = Sample.path(Sample.source(Kind.NON_CLIENT),
                update().attribute(0x80, 9, "05050505").attribute(0x80, 10, "0404040403030303"));

        assertThat(Sample.written(EXTERNALS, path))
                .isEqualTo(ORIGIN + "40020a0202" + "0000fc00" + "0000fde9" + NEXT_HOP + COMMUNITIES + UNKNOWN);
    }

    @Test
    void an_originator_is_never_replaced_and_newer_clusters_stand_first() {
        Path path = Sample.path(Sample.source(Kind.NON_CLIENT),
                update().attribute(0x80, 9, "05050505").attribute(0x80, 10, "0404040403030303"));

        assertThat(Sample.written(CLIENTS, path)).isEqualTo(ORIGIN + AS_PATH + NEXT_HOP + MED + LOCAL_PREF + COMMUNITIES
                + "800904" + "05050505" + "800a0c" + "01010101" + "04040404" + "03030303" + UNKNOWN);
    }

    @Test
    void a_cluster_list_of_more_than_255_octets_gets_a_longer_length() {
        Path path = Sample.path(Sample.source(Kind.CLIENT), update().attribute(0x80, 10, "04040404".repeat(63)));

        assertThat(Sample.written(CLIENTS, path)).contains("900a0100" + "01010101" + "04040404".repeat(63));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void local_pref_is_passed_on_whatever_its_32_bits(int localPref) {
        Path path = Sample.path(Sample.source(Kind.CLIENT), RawUpdate.update().attribute(0x40, 1, "00")
                .attribute(0x40, 2, "").nextHop("192.0.2.1").localPref(localPref).announced("10.0.0.0/8"));

        assertThat(Sample.written(CLIENTS, path)).contains("400504" + "%08x".formatted(localPref));
    }

    @Test
    void private_as_numbers_and_sets_are_left_alone() {
        String path = "4002" + "10" + "0202" + "0000fc01" + "0000fde9" + "0101" + "0000fdea";
        RawUpdate update = RawUpdate.update().attribute(0x40, 1, "00").attribute(0x40, 2, path.substring(6))
                .nextHop("192.0.2.1").localPref(100).announced("10.0.0.0/8");

        assertThat(Sample.written(CLIENTS, Sample.path(Sample.source(Kind.CLIENT), update))).contains(path);
    }

    @Test
    void our_own_as_path_is_empty_towards_internal_peers_and_ourselves_towards_others() {
        Path own = Sample.path(Sample.source(Kind.CLIENT), RawUpdate.announcement("192.0.2.1", "10.1.0.0/16"));

        assertThat(Sample.written(CLIENTS, own)).contains("400200");
        assertThat(Sample.written(EXTERNALS, own)).contains("4002060201" + "0000fc00");
    }

    /** RFC 4271 §5.1.4: whose MED it is shows in the AS_PATH, whoever in our AS passed it on. */
    @Test
    void the_med_of_another_as_goes_no_further_but_our_own_does() {
        Path own = Sample.path(Sample.source(Kind.CLIENT),
                RawUpdate.announcement("192.0.2.1", "10.1.0.0/16").attribute(0x80, 4, "0000000a"));

        assertThat(Sample.written(EXTERNALS, own)).contains(MED);
        assertThat(Sample.written(EXTERNALS, path(Kind.CLIENT))).doesNotContain(MED);
        assertThat(Sample.written(EXTERNALS, path(Kind.EXTERNAL))).doesNotContain(MED);
        assertThat(Sample.written(Sample.withMed(EXTERNALS), path(Kind.CLIENT))).contains(MED);
    }

    @Test
    void our_address_replaces_the_next_hop_towards_external_peers_that_want_it() {
        GroupKey key = Sample.withSelf(EXTERNALS, NextHop.ipv4(0x0a0000fe));

        assertThat(Sample.written(key, path(Kind.CLIENT))).contains("400304" + "0a0000fe").doesNotContain(NEXT_HOP);
    }

    /** RFC 4456 §10: a reflector that put itself into the path would draw the traffic of the whole cluster. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"CLIENT", "NON_CLIENT"})
    void our_address_never_replaces_the_next_hop_of_a_reflected_route(Kind from) {
        GroupKey key = Sample.withSelf(CLIENTS, NextHop.ipv4(0x0a0000fe));

        assertThat(Sample.written(key, path(from))).contains(NEXT_HOP).doesNotContain("0a0000fe");
    }

    @Test
    void our_address_replaces_the_next_hop_of_external_routes_that_are_to_have_it() {
        GroupKey key = Sample.withSelf(CLIENTS, NextHop.ipv4(0x0a0000fe));
        RouteSource self = new RouteSource(1, 1, Kind.EXTERNAL, 1, 0, 1, 0, true);

        assertThat(Sample.written(key, path(self))).contains("400304" + "0a0000fe");
        assertThat(Sample.written(key, path(Kind.EXTERNAL))).contains(NEXT_HOP);
    }

    /** RFC 6793 §4.2.2. */
    @Test
    void a_peer_of_two_octet_numbers_gets_the_long_ones_beside_the_path() {
        Path path = Sample.path(Sample.source(Kind.CLIENT),
                RawUpdate.update().attribute(0x40, 1, "00").attribute(0x40, 2, "0202" + "00010000" + "0000fde9")
                        .nextHop("192.0.2.1").localPref(100).announced("10.0.0.0/8"));
        GroupKey twoOctets = new GroupKey(Family.IPV4_UNICAST, PeerRole.CLIENT, Sample.CLUSTER, true, 0, false, 4096,
                false, 0, null, false, false, false);

        assertThat(Sample.written(twoOctets, path)).contains("4002060202" + "5ba0" + "fde9")
                .contains("c0110a0202" + "00010000" + "0000fde9");
    }

    @ParameterizedTest
    @EnumSource(PeerRole.class)
    void ipv6_routes_are_written_by_the_same_rules_with_their_next_hop_elsewhere(PeerRole role) {
        Path path = Sample.path(Sample.source(Kind.CLIENT), RawUpdate.update().attribute(0x40, 1, "00")
                .attribute(0x40, 2, "0201" + "0000fde9").localPref(200).mpReach("2001:db8::1", "2001:db8:1::/48"));
        GroupKey key = Sample.key(Family.IPV6_UNICAST, role);

        assertThat(Sample.written(key, path)).isEqualTo(role == PeerRole.EXTERNAL
                ? ORIGIN + "40020a0202" + "0000fc00" + "0000fde9"
                : ORIGIN + AS_PATH + LOCAL_PREF + ORIGINATOR_ID + CLUSTER_LIST);
        assertThat(Sample.nextHop(key, path)).isEqualTo(NextHop.ipv6(0x20010db8_00000000L, 1));
    }

    /** RFC 2545 §3: it means nothing beyond the link it came from. */
    @Test
    void the_link_local_half_of_a_next_hop_is_not_passed_on() {
        Path path = Sample.path(Sample.source(Kind.CLIENT),
                RawUpdate.update().attribute(0x40, 1, "00").attribute(0x40, 2, "").localPref(200)
                        .attribute(0x80, 14, "000201" + "20" + RawUpdate.hex("2001:db8::1") + RawUpdate.hex("fe80::1")
                                + "00" + "30" + "20010db80001"));

        assertThat(Sample.nextHop(Sample.key(Family.IPV6_UNICAST, PeerRole.CLIENT), path))
                .isEqualTo(NextHop.ipv6(0x20010db8_00000000L, 1));
    }

    private static Path path(Kind from) {
        return path(Sample.source(from));
    }

    /** Only internal peers have a LOCAL_PREF to send. */
    private static Path path(RouteSource source) {
        return Sample.path(source, source.kind().isInternal() ? update() : externalUpdate());
    }

    private static RawUpdate update() {
        return externalUpdate().localPref(200);
    }

    private static RawUpdate externalUpdate() {
        return RawUpdate.update().attribute(0x40, 1, "00").attribute(0x40, 2, "0201" + "0000fde9").nextHop("192.0.2.1")
                .attribute(0x80, 4, "0000000a").attribute(0xC0, 8, "fde80001").attribute(0xC0, 99, "abcd")
                .announced("10.1.0.0/16");
    }
}
