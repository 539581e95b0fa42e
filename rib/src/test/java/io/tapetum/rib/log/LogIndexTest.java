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
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.wire.Family;

class LogIndexTest {

    private static final int STEPS = 60_000;

    @ParameterizedTest
    @EnumSource
    void random_insertions_and_removals_leave_what_a_map_would_hold(Family family) {
        Random random = new Random(4271);
        LogIndex index = new LogIndex(family, false);
        Map<Prefix, Integer> model = new HashMap<>();
        List<Prefix> prefixes = new ArrayList<>();
        LogSegment segment = new LogSegment(1, 1, true, 0, Unpooled.EMPTY_BUFFER, 0,
                new SegmentMemory(UnpooledByteBufAllocator.DEFAULT));
        for (int step = 0; step < STEPS; step++) {
            // It grows, shrinks, and grows again.
            boolean growing = step / (STEPS / 3) != 1;
            if (prefixes.isEmpty() || random.nextInt(100) < (growing ? 70 : 20)) {
                Prefix prefix = prefix(family, random);
                int slot = index.find(prefix.high(), prefix.low(), prefix.length(), 0);
                assertThat(slot >= 0).isEqualTo(model.containsKey(prefix));
                if (slot < 0) {
                    slot = index.insert(slot, prefix.high(), prefix.low(), prefix.length(), 0);
                    prefixes.add(prefix);
                }
                index.set(slot, segment, step);
                index.setVersion(slot, -step);
                model.put(prefix, step);
            } else {
                int any = random.nextInt(prefixes.size());
                Prefix prefix = prefixes.set(any, prefixes.getLast());
                prefixes.removeLast();
                index.remove(index.find(prefix.high(), prefix.low(), prefix.length(), 0));
                model.remove(prefix);
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

    private static void check(LogIndex index, Map<Prefix, Integer> model) {
        assertThat(index.size()).isEqualTo(model.size());
        model.forEach((prefix, step) -> {
            int slot = index.find(prefix.high(), prefix.low(), prefix.length(), 0);
            assertThat(slot).isNotNegative();
            assertThat(new Prefix(index.high(slot), index.low(slot), index.length(slot))).isEqualTo(prefix);
            assertThat(index.message(slot)).isEqualTo(step);
            assertThat(index.version(slot)).isEqualTo(-step);
            assertThat(index.shadows(slot)).isZero();
        });
    }
}
