package io.tapetum.server.source;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What distinguishes one set of desired peers from the one before, for operators.
 *
 * @param added new ones
 * @param removed those that are not wanted any more
 * @param changed those about which something else is wanted
 * @param total how many there are now
 */
public record PeerChanges(List<DesiredPeer> added, List<DesiredPeer> removed, List<DesiredPeer> changed, int total) {

    /** How many are named one by one. */
    private static final int NAMED = 5;

    public PeerChanges {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    static PeerChanges between(DesiredPeers before, DesiredPeers after) {
        Map<InetAddress, DesiredPeer> former = new LinkedHashMap<>();
        before.peers().forEach(peer -> former.put(peer.address(), peer));
        List<DesiredPeer> added = new ArrayList<>();
        List<DesiredPeer> changed = new ArrayList<>();
        for (DesiredPeer peer : after.peers()) {
            DesiredPeer old = former.remove(peer.address());
            if (old == null) {
                added.add(peer);
            } else if (!old.equals(peer)) {
                changed.add(peer);
            }
        }
        return new PeerChanges(added, List.copyOf(former.values()), changed, after.peers().size());
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /** Such as {@code 1 new (node-7 at 10.0.0.7), 0 gone, 0 changed, 12 in all}. */
    @Override
    public String toString() {
        return added.size() + " new" + named(added) + ", " + removed.size() + " gone" + named(removed) + ", "
                + changed.size() + " changed" + named(changed) + ", " + total + " in all";
    }

    private static String named(List<DesiredPeer> peers) {
        if (peers.isEmpty()) {
            return "";
        }
        String more = peers.size() > NAMED ? ", …" : "";
        return peers.stream().limit(NAMED).map(peer -> peer.name() + " at " + peer.address().getHostAddress())
                .collect(Collectors.joining(", ", " (", more + ")"));
    }
}
