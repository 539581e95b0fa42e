package io.tapetum.server.etcd;

import java.util.Map;

/**
 * All keys below a prefix at one moment.
 *
 * @param entries whole keys, and their values
 * @param revision of etcd's history at that moment; the next change has a higher one
 */
public record Snapshot(Map<String, String> entries, long revision) {

    public Snapshot {
        entries = Map.copyOf(entries);
    }
}
