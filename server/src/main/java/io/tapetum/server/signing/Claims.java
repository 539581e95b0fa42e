package io.tapetum.server.signing;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.keys.TcpKey;

/** Who is to be protected, and how: a peer as its settings say, and else as the longest range that it is in. Immutable. */
final class Claims {

    private final Map<InetAddress, PeerSettings> peers = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();

    private record Range(KeyPrefix prefix, DynamicRange settings) {}

    Claims(Collection<PeerSettings> peers, Collection<DynamicRange> ranges) {
        peers.forEach(peer -> this.peers.put(peer.address(), peer));
        ranges.forEach(
                range -> this.ranges.add(new Range(new KeyPrefix(range.network(), range.prefixLength()), range)));
        this.ranges.sort(Comparator.comparingInt((Range range) -> range.prefix().length()).reversed());
    }

    /** What protects an address that belongs to somebody; empty if it belongs to nobody. */
    Optional<Protection> find(InetAddress address) {
        PeerSettings peer = peers.get(address);
        if (peer != null) {
            return Optional.of(peer.template().protection());
        }
        return ranges.stream().filter(range -> range.prefix().contains(address)).findFirst()
                .map(range -> range.settings().template().protection());
    }

    Protection of(InetAddress address) {
        return find(address).orElse(Protection.NONE);
    }

    /**
     * What a listener has to ask for.
     *
     * @param keys the key of a reference at this moment, or {@code null} if it has none
     */
    KeyPlan plan(Function<String, @Nullable TcpKey> keys) {
        List<KeyClaim> claims = new ArrayList<>();
        for (Range range : ranges) {
            claims.add(new KeyClaim(range.prefix(), key(range.settings().template().protection(), keys)));
        }
        for (PeerSettings peer : peers.values()) {
            claims.add(new KeyClaim(KeyPrefix.of(peer.address()), key(peer.template().protection(), keys)));
        }
        return KeyPlan.of(claims);
    }

    private static @Nullable TcpKey key(Protection protection, Function<String, @Nullable TcpKey> keys) {
        return protection.isSigned() ? keys.apply(protection.key()) : null;
    }

    /** What peers, and all peers of a range, have in common. */
    Stream<PeerTemplate> templates() {
        return Stream.concat(ranges.stream().map(range -> range.settings().template()),
                peers.values().stream().map(PeerSettings::template));
    }

    /** The references of all keys that are needed. */
    Set<String> references() {
        Set<String> references = new TreeSet<>();
        templates().map(PeerTemplate::protection).filter(Protection::isSigned)
                .forEach(protection -> references.add(protection.key()));
        return references;
    }

    /** The peers that need this key, and the ranges, by name. */
    List<String> namesOf(String reference) {
        List<String> names = new ArrayList<>();
        ranges.stream().map(Range::settings).filter(range -> range.template().protection().key().equals(reference))
                .forEach(range -> names.add("range " + range.name()));
        peers.values().stream().filter(peer -> peer.template().protection().key().equals(reference))
                .map(PeerSettings::name).sorted().forEach(names::add);
        return names;
    }
}
