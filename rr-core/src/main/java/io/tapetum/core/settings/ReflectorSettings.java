package io.tapetum.core.settings;

import java.util.List;

/**
 * A whole reflector.
 *
 * @param as the local AS number, 1 to 2^32 - 1
 * @param routerId the BGP Identifier, network order, non-zero
 * @param clusterId the cluster id of peers whose group names none (RFC 4456 §7)
 * @param peers given one by one
 * @param ranges from where peers are welcome that were not given one by one
 */
public record ReflectorSettings(long as, int routerId, int clusterId, List<PeerSettings> peers,
        List<DynamicRange> ranges) {

    public ReflectorSettings {
        peers = List.copyOf(peers);
        ranges = List.copyOf(ranges);
    }
}
