package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/** Recomputes everything a log keeps account of from its messages and its index, and compares. */
final class LogAudit {

    /** A prefix and the path identifier before it. */
    private record Key(long high, long low, int length, int pathId) {}

    private LogAudit() {}

    static void check(LogStore store) {
        Map<Key, Integer> shadows = new HashMap<>();
        Set<Key> live = new HashSet<>();
        PrefixReader reader = new PrefixReader();
        int tombstones = 0;
        long allLiveOctets = 0;
        int shadowedWithdrawals = 0;
        LogSegment previous = null;
        for (LogSegment segment = store.head(); segment != null; segment = segment.next) {
            assertThat(segment.previous).isSameAs(previous);
            assertThat(segment.isDetached()).isFalse();
            assertThat(segment.isSealed()).isEqualTo(segment != store.tail());
            assertThat(previous == null || previous.last < segment.first).isTrue();
            MessageTable table = segment.messages();
            int liveOctets = 0;
            int segmentTombstones = 0;
            int segmentShadows = 0;
            for (int message = 0; message < segment.count(); message++) {
                int around = table.offset[message + 1] - table.offset[message];
                int alive = 0;
                int entries = 0;
                int aliveOctets = 0;
                PrefixReader prefixes = store.read(segment, message, reader);
                while (prefixes.next()) {
                    int octets = Prefixes.encodedSize(prefixes.length(), store.format.pathIds());
                    around -= octets;
                    entries++;
                    Key key = new Key(prefixes.high(), prefixes.low(), prefixes.length(), prefixes.pathId());
                    int slot = store.find(prefixes);
                    if (slot >= 0 && store.index.isAt(slot, segment, message)) {
                        assertThat(live.add(key)).isTrue();
                        alive++;
                        aliveOctets += octets;
                        if (MessageKind.withdraws(table.kind[message])) {
                            segmentTombstones++;
                        }
                    } else if (table.live[message] > 0) {
                        assertThat(slot).as("a shadow has a live entry behind it").isNotNegative();
                        shadows.merge(key, 1, Integer::sum);
                    }
                }
                assertThat(table.live[message]).isEqualTo(alive);
                if (alive > 0) {
                    liveOctets += around + aliveOctets;
                    segmentShadows += entries - alive;
                }
            }
            assertThat(segment.liveOctets).isEqualTo(liveOctets);
            assertThat(segment.tombstones).isEqualTo(segmentTombstones);
            assertThat(segment.shadows).isEqualTo(segmentShadows);
            assertThat(segment.isSealed() && segment.isHalfDead() && !segment.queued).isFalse();
            tombstones += segmentTombstones;
            allLiveOctets += liveOctets;
            previous = segment;
        }
        assertThat(store.tail()).isSameAs(previous);
        assertThat(store.tombstones()).isEqualTo(tombstones);
        assertThat(store.liveOctets()).isEqualTo(allLiveOctets);
        assertThat(store.index.size()).isEqualTo(live.size());
        for (Key key : live) {
            int slot = store.index.find(key.high(), key.low(), key.length(), key.pathId());
            int expected = shadows.getOrDefault(key, 0);
            assertThat(store.index.shadows(slot)).isEqualTo(expected);
            if (expected > 0 && MessageKind.mayWithdraw(store.kind(slot))) {
                shadowedWithdrawals++;
            }
        }
        assertThat(store.nobodyNeedsOldWithdrawals()).isEqualTo(shadowedWithdrawals == 0);
    }
}
