package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.wire.Family;

class LogIndexTest {

    private static final int STEPS = 60_000;

    private record Key(Prefix prefix, int pathId) {}

    @ParameterizedTest
    @CsvSource({"IPV4_UNICAST,false", "IPV6_UNICAST,false", "IPV4_UNICAST,true", "IPV6_UNICAST,true"})
    void random_insertions_and_removals_leave_what_a_map_would_hold(Family family, boolean pathIds) {
        Random random = new Random(4271);
        LogIndex index = new LogIndex(family, pathIds);
        Map<Key, Integer> model = new HashMap<>();
        List<Key> keys = new ArrayList<>();
        LogSegment segment = new LogSegment(1, 1, true, 0, Unpooled.EMPTY_BUFFER, 0,
                new SegmentMemory(UnpooledByteBufAllocator.DEFAULT));
        for (int step = 0; step < STEPS; step++) {
            // It grows, shrinks, and grows again.
            boolean growing = step / (STEPS / 3) != 1;
            if (keys.isEmpty() || random.nextInt(100) < (growing ? 70 : 20)) {
                Key key = new Key(prefix(family, random), pathIds ? random.nextInt(4) : 0);
                int slot = find(index, key);
                assertThat(slot >= 0).isEqualTo(model.containsKey(key));
                if (slot < 0) {
                    slot = index.insert(slot, key.prefix.high(), key.prefix.low(), key.prefix.length(), key.pathId);
                    keys.add(key);
                }
                index.set(slot, segment, step);
                index.setVersion(slot, -step);
                model.put(key, step);
            } else {
                int any = random.nextInt(keys.size());
                Key key = keys.set(any, keys.getLast());
                keys.removeLast();
                index.remove(find(index, key));
                model.remove(key);
                if (step % 1_000 == 0) {
                    index.shrinkIfSparse();
                }
            }
            if (step % 5_000 == 0) {
                check(index, model);
            }
        }
        check(index, model);
    }

    private static Prefix prefix(Family family, Random random) {
        long address = (long) random.nextInt(1 << 14) << 40;
        int length = 24 + random.nextInt(2);
        return family == Family.IPV4_UNICAST
                ? new Prefix(address, 0, length)
                : new Prefix(address, (long) random.nextInt(2) << 62, length + 64);
    }

    private static int find(LogIndex index, Key key) {
        return index.find(key.prefix.high(), key.prefix.low(), key.prefix.length(), key.pathId);
    }

    private static void check(LogIndex index, Map<Key, Integer> model) {
        assertThat(index.size()).isEqualTo(model.size());
        model.forEach((key, step) -> {
            int slot = find(index, key);
            assertThat(slot).isNotNegative();
            assertThat(new Prefix(index.high(slot), index.low(slot), index.length(slot))).isEqualTo(key.prefix);
            assertThat(index.pathId(slot)).isEqualTo(key.pathId);
            assertThat(index.message(slot)).isEqualTo(step);
            assertThat(index.version(slot)).isEqualTo(-step);
            assertThat(index.shadows(slot)).isZero();
        });
    }
}
