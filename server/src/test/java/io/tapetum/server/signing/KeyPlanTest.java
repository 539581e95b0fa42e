package io.tapetum.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import io.tapetum.server.keys.TcpKey;

/** Which prefixes and keys a listener is given for the peers and ranges that there are. */
class KeyPlanTest {

    private static final TcpKey RED = key("red");
    private static final TcpKey BLUE = key("blue");

    private static TcpKey key(String text) {
        return TcpKey.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyClaim claim(String prefix, @Nullable TcpKey key) {
        int slash = prefix.indexOf('/');
        return slash < 0
                ? new KeyClaim(KeyPrefix.of(InetAddress.ofLiteral(prefix)), key)
                : new KeyClaim(new KeyPrefix(InetAddress.ofLiteral(prefix.substring(0, slash)),
                        Integer.parseInt(prefix.substring(slash + 1))), key);
    }

    private static List<String> prefixes(KeyPlan plan) {
        return plan.keys().keySet().stream().map(KeyPrefix::toString).toList();
    }

    @Test
    void nobody_who_signs_needs_no_key() {
        assertThat(KeyPlan.of(List.of(claim("10.0.0.1", null), claim("10.1.0.0/16", null))).keys()).isEmpty();
    }

    @Test
    void a_single_peer_has_a_key_for_its_address_alone() {
        assertThat(
                prefixes(KeyPlan.of(List.of(claim("10.0.0.1", RED), claim("10.0.0.2", null), claim("fd00::1", BLUE)))))
                .containsExactlyInAnyOrder("10.0.0.1/32", "fd00:0:0:0:0:0:0:1/128");
    }

    @Test
    void peers_that_lie_together_and_have_the_same_key_take_the_room_of_one() {
        KeyPlan plan = KeyPlan.of(List.of(claim("10.0.0.1", RED), claim("10.0.0.2", RED), claim("10.0.0.7", RED)));

        assertThat(prefixes(plan)).containsExactly("10.0.0.0/29");
    }

    @Test
    void the_common_prefix_contains_nobody_who_signs_otherwise() {
        KeyPlan plan = KeyPlan.of(List.of(claim("10.0.0.1", RED), claim("10.0.0.2", RED), claim("10.0.0.3", null),
                claim("10.0.1.1", RED), claim("10.0.1.2", RED), claim("10.0.2.1", BLUE)));

        assertThat(prefixes(plan)).containsExactlyInAnyOrder("10.0.0.1/32", "10.0.0.2/32", "10.0.1.0/30",
                "10.0.2.1/32");
        assertThat(plan.unsignable()).isEmpty();
    }

    @Test
    void a_peer_inside_of_a_range_may_have_another_key_than_the_range() {
        KeyPlan plan = KeyPlan.of(List.of(claim("10.0.0.0/8", RED), claim("10.0.0.1", BLUE), claim("10.0.0.2", RED)));

        assertThat(prefixes(plan)).containsExactlyInAnyOrder("10.0.0.0/8", "10.0.0.1/32");
    }

    @Test
    void a_peer_without_a_key_inside_of_a_range_with_one_is_reported() {
        KeyPlan plan = KeyPlan.of(List.of(claim("10.0.0.0/8", RED), claim("10.1.0.0/16", null), claim("10.1.0.1", null),
                claim("11.0.0.1", null)));

        assertThat(plan.unsignable()).extracting(KeyPrefix::toString).containsExactlyInAnyOrder("10.1.0.0/16",
                "10.1.0.1/32");
    }

    @Test
    void of_two_claims_for_one_prefix_the_last_counts() {
        KeyPlan plan = KeyPlan.of(List.of(claim("10.0.0.1/32", RED), claim("10.0.0.1", BLUE)));

        assertThat(KeyPlan.longest(plan.keys(), InetAddress.ofLiteral("10.0.0.1"))).isEqualTo(BLUE);
    }

    /** The model: of all claims that contain an address, the longest. */
    @RepeatedTest(200)
    void every_claimant_is_asked_for_its_key_or_reported(RepetitionInfo repetition) {
        long seed = 7919L * repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<KeyClaim> claims = randomClaims(random);

        KeyPlan plan = KeyPlan.of(claims);

        for (KeyClaim claim : claims) {
            InetAddress address = claim.prefix().network();
            KeyClaim longest = longest(claims, address);
            boolean reported = plan.unsignable().contains(longest.prefix());
            assertThat(KeyPlan.longest(plan.keys(), address)).as("seed %d: %s of %s", seed, address, claims)
                    .isEqualTo(reported ? enclosingKey(claims, longest) : longest.key());
        }
        assertThat(plan.keys().size()).as("seed %d", seed)
                .isLessThanOrEqualTo((int) claims.stream().filter(claim -> claim.key() != null).count());
    }

    /** Dense, so that prefixes contain each other; each prefix once. */
    private static List<KeyClaim> randomClaims(Random random) {
        List<KeyClaim> claims = new ArrayList<>();
        boolean ipv6 = random.nextBoolean();
        int bits = ipv6 ? 128 : 32;
        for (int i = random.nextInt(40); i >= 0; i--) {
            byte[] octets = ipv6 ? new byte[16] : new byte[4];
            octets[0] = (byte) (ipv6 ? 0xFD : 10);
            octets[octets.length - 1] = (byte) random.nextInt(64);
            int length = random.nextInt(4) == 0 ? bits - 1 - random.nextInt(6) : bits;
            KeyPrefix prefix = KeyPrefix.common(octets, octets, length);
            TcpKey key = switch (random.nextInt(3)) {
                case 0 -> RED;
                case 1 -> BLUE;
                default -> null;
            };
            if (claims.stream().noneMatch(claim -> claim.prefix().equals(prefix))) {
                claims.add(new KeyClaim(prefix, key));
            }
        }
        return claims;
    }

    private static KeyClaim longest(List<KeyClaim> claims, InetAddress address) {
        return claims.stream().filter(claim -> claim.prefix().contains(address))
                .max((a, b) -> Integer.compare(a.prefix().length(), b.prefix().length())).orElseThrow();
    }

    /** The key of the longest claim with one around a claim without. */
    private static @Nullable TcpKey enclosingKey(List<KeyClaim> claims, KeyClaim inner) {
        return claims.stream().filter(claim -> claim.key() != null && claim.prefix().length() < inner.prefix().length()
                && claim.prefix().contains(inner.prefix().network()))
                .max((a, b) -> Integer.compare(a.prefix().length(), b.prefix().length())).map(KeyClaim::key)
                .orElse(null);
    }

    @Test
    void a_prefix_contains_the_addresses_that_begin_with_it() throws UnknownHostException {
        KeyPrefix prefix = new KeyPrefix(InetAddress.getByName("10.0.4.0"), 22);

        assertThat(prefix.contains(InetAddress.getByName("10.0.7.255"))).isTrue();
        assertThat(prefix.contains(InetAddress.getByName("10.0.8.0"))).isFalse();
        assertThat(prefix.contains(InetAddress.getByName("fd00::1"))).isFalse();
    }
}
