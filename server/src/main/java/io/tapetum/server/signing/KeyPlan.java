package io.tapetum.server.signing;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.TcpKey;

/**
 * The prefixes that a listening socket needs for a set of claims. The kernel goes by the longest that matches, as claims do,
 * and charges the socket for each one: about 960 fit in the default of {@code net.core.optmem_max}. So claims that lie
 * together and have the same key, such as those of all nodes of a cluster, become one prefix. That prefix may contain
 * strangers, of whom signatures are then asked too, but nobody who has to sign otherwise, or not at all. Immutable.
 *
 * @param keys the keys by prefix, in the order of addresses
 * @param unsignable claims without a key inside of a prefix with one: the kernel can make no exception from a prefix, so
 *            their segments will be dropped
 */
record KeyPlan(SequencedMap<KeyPrefix, TcpKey> keys, List<KeyPrefix> unsignable) {

    static final KeyPlan EMPTY = new KeyPlan(new LinkedHashMap<>(), List.of());

    private static final int IPV4_OCTETS = 4;

    /** @param claims of two for the same prefix, the last one counts */
    static KeyPlan of(Collection<KeyClaim> claims) {
        Map<KeyPrefix, KeyClaim> last = new HashMap<>();
        claims.forEach(claim -> last.put(claim.prefix(), claim));
        Map<Boolean, List<Located>> families = new HashMap<>();
        last.values().forEach(claim -> {
            byte[] network = claim.prefix().network().getAddress();
            families.computeIfAbsent(network.length == IPV4_OCTETS, _ -> new ArrayList<>())
                    .add(new Located(network, claim));
        });
        KeyPlan plan = new KeyPlan(new LinkedHashMap<>(), new ArrayList<>());
        families.values().forEach(family -> plan.add(family, 0, false, null));
        return plan;
    }

    /** A claim with the octets of its network at hand. */
    private record Located(byte[] network, KeyClaim claim) {

        private int length() {
            return claim.prefix().length();
        }
    }

    /**
     * Adds what claims need that have their first bits in common.
     *
     * @param depth how many bits
     * @param enclosed whether a claim contains all of them
     * @param asked the key that the kernel asks for here without them, or {@code null}
     */
    private void add(List<Located> claims, int depth, boolean enclosed, @Nullable TcpKey asked) {
        if (claims.isEmpty()) {
            return;
        }
        if (!enclosed && haveOneKey(claims)) {
            keys.put(common(claims), keyOf(claims.getFirst()));
            return;
        }
        boolean enclosedBelow = enclosed;
        TcpKey askedBelow = asked;
        List<Located> zeros = new ArrayList<>();
        List<Located> ones = new ArrayList<>();
        for (Located claim : claims) {
            if (claim.length() == depth) {
                enclosedBelow = true;
                askedBelow = addOwn(claim.claim(), asked);
            } else {
                (KeyPrefix.bit(claim.network(), depth) == 0 ? zeros : ones).add(claim);
            }
        }
        add(zeros, depth + 1, enclosedBelow, askedBelow);
        add(ones, depth + 1, enclosedBelow, askedBelow);
    }

    /** Returns the key that is asked for inside of the claim. */
    private @Nullable TcpKey addOwn(KeyClaim claim, @Nullable TcpKey asked) {
        TcpKey key = claim.key();
        if (key == null) {
            if (asked != null) {
                unsignable.add(claim.prefix());
            }
            return asked;
        }
        if (!key.equals(asked)) {
            keys.put(claim.prefix(), key);
        }
        return key;
    }

    private static boolean haveOneKey(List<Located> claims) {
        TcpKey first = claims.getFirst().claim().key();
        return first != null && claims.stream().allMatch(claim -> first.equals(claim.claim().key()));
    }

    private static TcpKey keyOf(Located claim) {
        TcpKey key = claim.claim().key();
        if (key == null) {
            throw new AssertionError("only asked of claims that have one");
        }
        return key;
    }

    private static KeyPrefix common(List<Located> claims) {
        KeyPrefix common = claims.getFirst().claim().prefix();
        for (Located claim : claims) {
            common = KeyPrefix.common(claim.network(), common.network().getAddress(),
                    Math.min(common.length(), claim.length()));
        }
        return common;
    }

    /** The key of the longest of these prefixes that contains an address, or {@code null}. */
    static @Nullable TcpKey longest(Map<KeyPrefix, TcpKey> keys, InetAddress address) {
        byte[] octets = address.getAddress();
        for (int length = octets.length * Byte.SIZE; length >= 0; length--) {
            TcpKey key = keys.get(KeyPrefix.common(octets, octets, length));
            if (key != null) {
                return key;
            }
        }
        return null;
    }
}
