package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.session.SampleTemplate;
import io.tapetum.rib.RouteSource.Kind;

/** Loops (RFC 4456 §8, RFC 4271 §9.1.2). */
class ImportRulesTest {

    private static final int ROUTER_ID = 0x0a0000fe;
    private static final ImportRules RULES = new ImportRules(SampleTemplate.AS, ROUTER_ID, Sample.CLUSTER,
            List.of(SampleTemplate.client().clusterId(Sample.OTHER_CLUSTER).build()));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_ordinary_route_is_used(Kind from) {
        assertThat(admits(from, announcement())).isTrue();
    }

    /** On every internal session, of clients or not. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"CLIENT", "NON_CLIENT"})
    void a_route_that_we_originated_is_not(Kind from) {
        assertThat(admits(from, announcement().attribute(0x80, 9, "0a0000fe"))).isFalse();
        assertThat(admits(from, announcement().attribute(0x80, 9, "0a0000fd"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"CLIENT", "NON_CLIENT"})
    void a_route_that_passed_any_of_our_clusters_is_not(Kind from) {
        assertThat(admits(from, announcement().attribute(0x80, 10, "01010101"))).isFalse();
        assertThat(admits(from, announcement().attribute(0x80, 10, "0303030302020202"))).isFalse();
        assertThat(admits(from, announcement().attribute(0x80, 10, "0303030304040404"))).isTrue();
    }

    /** The router id is no cluster id here unless it is configured as one. */
    @Test
    void our_router_id_among_the_clusters_is_somebody_elses_cluster() {
        assertThat(admits(Kind.CLIENT, announcement().attribute(0x80, 10, "0a0000fe"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_route_that_passed_our_as_is_not(Kind from) {
        RawUpdate looped = base().attribute(0x40, 2, "0202" + "0000fde9" + "0000fc00").announced("10.1.0.0/16");
        RawUpdate inSet = base().attribute(0x40, 2, "0201" + "0000fde9" + "0101" + "0000fc00")
                .announced("10.1.0.0/16");

        assertThat(admits(from, looped)).isFalse();
        assertThat(admits(from, inSet)).isFalse();
    }

    /** RFC 9494 §3.3: NO_LLGR forbids to keep a route for long, and nothing else; it may be stale elsewhere all the same. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_stale_route_is_used_even_if_it_must_not_be_kept(Kind from) {
        assertThat(admits(from, announcement().attribute(0xC0, 8, "ffff0006" + "ffff0007"))).isTrue();
    }

    @Test
    void a_cluster_that_only_former_peers_had_is_somebody_elses() {
        ImportRules rules = new ImportRules(SampleTemplate.AS, ROUTER_ID, Sample.CLUSTER,
                List.of(SampleTemplate.client().clusterId(Sample.OTHER_CLUSTER).build()));
        RawUpdate passed = announcement().attribute(0x80, 10, "02020202");
        assertThat(rules.refusal(Sample.attributes(Kind.CLIENT, passed), Sample.source(Kind.CLIENT))).isNotNull();

        rules.peersAre(SampleTemplate.AS, Sample.CLUSTER, List.of());

        assertThat(rules.refusal(Sample.attributes(Kind.CLIENT, passed), Sample.source(Kind.CLIENT))).isNull();
    }

    @Test
    void ipv6_routes_are_judged_alike() {
        RawUpdate update = RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48").attribute(0x80, 10, "01010101");

        assertThat(RULES.refusal(Sample.attributes(Kind.CLIENT, update), Sample.source(Kind.CLIENT))).isNotNull();
    }

    @Test
    void the_mark_by_which_a_loop_was_found_is_named() {
        assertThat(refusal(base().attribute(0x40, 2, "0201" + "0000fc00").announced("10.1.0.0/16")))
                .isEqualTo(new ImportRefusal.AsLoop(SampleTemplate.AS));
        assertThat(refusal(announcement().attribute(0x80, 9, "0a0000fe")))
                .isEqualTo(new ImportRefusal.OwnOriginatorId(ROUTER_ID));
        ImportRefusal cluster = refusal(announcement().attribute(0x80, 10, "0303030302020202"));
        assertThat(cluster).isEqualTo(new ImportRefusal.OwnCluster(Sample.OTHER_CLUSTER));
        assertThat(cluster).extracting(ImportRefusal::text)
                .isEqualTo("its CLUSTER_LIST has our cluster id 2.2.2.2: it was reflected by a reflector of the same"
                        + " cluster");
    }

    private static @Nullable ImportRefusal refusal(RawUpdate update) {
        return RULES.refusal(Sample.attributes(Kind.CLIENT, update), Sample.source(Kind.CLIENT));
    }

    private static boolean admits(Kind from, RawUpdate update) {
        return RULES.refusal(Sample.attributes(from, update), Sample.source(from)) == null;
    }

    private static RawUpdate announcement() {
        return base().attribute(0x40, 2, "0201" + "0000fde9").announced("10.1.0.0/16");
    }

    private static RawUpdate base() {
        return RawUpdate.update().attribute(0x40, 1, "00").nextHop("192.0.2.1");
    }
}
