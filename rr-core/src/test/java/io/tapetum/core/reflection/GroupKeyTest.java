package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.session.SampleTemplate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Open;

/**
 * Which properties of a session put it into another update group. Every component of the settings and of the negotiation
 * is changed, one after the other: one that is new lands in no list here, so somebody has to think about it.
 */
class GroupKeyTest {

    private static final NextHop SELF = NextHop.ipv4(0x0a0000fe);
    private static final NextHop OTHER_SELF = NextHop.ipv4(0x0a0000fd);
    @SuppressWarnings("NullAway") // which does not see that the last component of the compiled record may be null
    private static final Negotiated NEGOTIATED = new Negotiated(new Open(4, 64512, 90, 1, List.of()), 64512, 1, true,
            90, 30, Set.of(Family.IPV4_UNICAST), true, Set.of(), Set.of(), false, true, true, false,
            new Capability.GracefulRestart(false, false, 120, List.of()), null);

    private static final Set<String> ALWAYS = Set.of("role", "fourOctetAs", "extendedMessages", "extendedNextHop",
            "addPathSend", "longLivedGracefulRestart");
    private static final Set<String> OF_CLIENTS = Set.of("clusterId", "clientToClient");
    private static final Set<String> OF_EXTERNALS = Set.of("localAs", "external.nextHop", "external.sendMed");

    /** What is offered matters only as far as it was agreed on, and what is received does not change what is sent. */
    private static final Set<String> NEVER = Set.of("group", "remoteAs", "families", "connect", "ttl", "addPathReceive",
            "gracefulRestartSeconds", "longLivedStaleSeconds", "timers.holdTimeSeconds", "timers.openHoldTime",
            "timers.connectRetry",
            "timers.connectRetryMax", "timers.fallbackDelay", "timers.sendHold", "maximumPrefixes",
            "external.nextHopToInternal", "external.localPref", "external.enforceFirstAs", "peerOpen", "peerAs",
            "protection.key",
            "protection.ttlSecurityHops", "peerIdentifier", "internal", "holdTimeSeconds", "keepaliveSeconds",
            "routeRefresh",
            "enhancedRouteRefresh", "gracefulRestart");

    /** In the template what is offered, in the negotiation what counts. */
    private static final Set<String> ONLY_AS_AGREED = Set.of("extendedMessages", "extendedNextHop", "addPathSend");

    @ParameterizedTest
    @EnumSource(PeerRole.class)
    void a_changed_setting_changes_the_key_exactly_if_it_can_change_an_octet(PeerRole role) {
        PeerTemplate template = template(role);
        Set<String> changing = new TreeSet<>();

        Map<String, PeerTemplate> mutants = Mutations.of(template);
        mutants.forEach((name, mutant) -> {
            if (!key(mutant, NEGOTIATED).equals(key(template, NEGOTIATED))) {
                changing.add(name);
            }
        });

        Set<String> expected = expected(role, mutants.keySet());
        expected.removeAll(ONLY_AS_AGREED);
        assertThat(changing).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(PeerRole.class)
    void a_changed_agreement_changes_the_key_exactly_if_it_can_change_an_octet(PeerRole role) {
        PeerTemplate template = template(role);
        Set<String> changing = new TreeSet<>();

        Map<String, Negotiated> mutants = Mutations.of(NEGOTIATED);
        mutants.forEach((name, mutant) -> {
            if (!key(template, mutant).equals(key(template, NEGOTIATED))) {
                changing.add(name);
            }
        });

        assertThat(changing).isEqualTo(expected(role, mutants.keySet()));
    }

    @Test
    void families_never_share_a_log() {
        PeerTemplate template = template(PeerRole.CLIENT);

        assertThat(GroupKey.of(Family.IPV4_UNICAST, template, NEGOTIATED, SELF, false))
                .isNotEqualTo(GroupKey.of(Family.IPV6_UNICAST, template, NEGOTIATED, SELF, false));
    }

    @Test
    void next_hops_of_ipv4_routes_do_not_matter_to_ipv6_routes() {
        PeerTemplate template = template(PeerRole.CLIENT);
        Negotiated with = Objects.requireNonNull(Mutations.of(NEGOTIATED).get("extendedNextHop"));

        assertThat(GroupKey.of(Family.IPV6_UNICAST, template, with, SELF, false))
                .isEqualTo(GroupKey.of(Family.IPV6_UNICAST, template, NEGOTIATED, SELF, false));
    }

    @Test
    void how_many_paths_are_sent_matters_where_path_ids_were_agreed_on() {
        Negotiated with = Objects.requireNonNull(Mutations.of(NEGOTIATED).get("addPathSend"));
        PeerTemplate two = SampleTemplate.client().addPathSend(2).build();
        PeerTemplate all = SampleTemplate.client().addPathSend(PeerTemplate.ALL_PATHS).build();

        assertThat(key(two, with)).isNotEqualTo(key(all, with));
        assertThat(key(two, NEGOTIATED)).isEqualTo(key(all, NEGOTIATED));
    }

    @Test
    void our_address_matters_only_where_a_route_may_carry_it() {
        PeerTemplate client = template(PeerRole.CLIENT);
        PeerTemplate external = template(PeerRole.EXTERNAL);

        assertThat(keyAt(client, OTHER_SELF, false)).isEqualTo(keyAt(client, SELF, false));
        assertThat(keyAt(client, OTHER_SELF, true)).isNotEqualTo(keyAt(client, SELF, true));
        assertThat(keyAt(external, OTHER_SELF, false)).isNotEqualTo(keyAt(external, SELF, false));
    }

    private static Set<String> expected(PeerRole role, Set<String> names) {
        Set<String> expected = new TreeSet<>(ALWAYS);
        expected.addAll(switch (role) {
            case CLIENT -> OF_CLIENTS;
            case NON_CLIENT -> Set.of();
            case EXTERNAL -> OF_EXTERNALS;
        });
        assertThat(names).as("every property is in one of the lists").allMatch(name -> ALWAYS.contains(name)
                || OF_CLIENTS.contains(name) || OF_EXTERNALS.contains(name) || NEVER.contains(name));
        expected.retainAll(names);
        return expected;
    }

    private static PeerTemplate template(PeerRole role) {
        return switch (role) {
            case CLIENT -> SampleTemplate.client().addPathSend(2).build();
            case NON_CLIENT -> SampleTemplate.nonClient().addPathSend(2).build();
            case EXTERNAL -> SampleTemplate.external().addPathSend(2).build();
        };
    }

    private static GroupKey key(PeerTemplate template, Negotiated negotiated) {
        return GroupKey.of(Family.IPV4_UNICAST, template, negotiated, SELF, false);
    }

    private static GroupKey keyAt(PeerTemplate template, NextHop self, boolean selfToInternal) {
        return GroupKey.of(Family.IPV4_UNICAST, template, NEGOTIATED, self, selfToInternal);
    }
}
