package io.tapetum.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.attribute.TestAttributes;

class TableScanTest {

    private static final PathAttributes ATTRIBUTES = TestAttributes.attributes().build();
    private static final RouteSource ONE = new RouteSource(1, 1, RouteSource.Kind.CLIENT, 1, 0, 1, 9);
    private static final RouteSource OTHER = new RouteSource(2, 1, RouteSource.Kind.CLIENT, 2, 0, 2, 9);
    private static final TableScan.Wanted ALL = wanted(source -> true);

    private final RibChanges changes = new RibChanges();

    @Test
    void an_empty_table_is_read_at_once() {
        List<PrefixPaths> found = new ArrayList<>();

        TableScan scan = table(4).scan(ALL);

        while (!scan.step(found)) {
            assertThat(found).isEmpty();
        }
        assertThat(found).isEmpty();
    }

    @Test
    void every_prefix_is_read_once_in_whatever_pages() {
        for (int seed = 0; seed < 40; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            AdjRibIn table = table(1 << random.nextInt(4));
            int prefixes = random.nextInt(3000);
            for (int i = 0; i < prefixes; i++) {
                announce(table, ONE, i);
            }

            List<Long> read = new ArrayList<>();
            PrefixPaths last = null;
            do {
                last = page(table, last, 1 + random.nextInt(200), read);
            } while (last != null);

            assertThat(read).as("seed %d", seed).hasSize(prefixes).doesNotHaveDuplicates();
        }
    }

    /** Between two pages the table grows, shrinks, and loses the very prefix that the next page begins behind. */
    @Test
    void a_prefix_that_stays_is_read_once_whatever_happens_to_the_table() {
        for (int seed = 0; seed < 40; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            AdjRibIn table = table(1 << random.nextInt(4));
            for (int i = 0; i < 500; i++) {
                announce(table, ONE, i);
            }
            Set<Long> others = new HashSet<>();
            List<Long> read = new ArrayList<>();
            PrefixPaths last = null;
            do {
                last = page(table, last, 1 + random.nextInt(50), read);
                int many = random.nextInt(3) == 0 ? 2000 : 20;
                for (int i = 0; i < many; i++) {
                    long other = 500L + random.nextInt(5000);
                    if (others.add(other)) {
                        announce(table, ONE, other);
                    } else {
                        others.remove(other);
                        withdraw(table, ONE, other);
                    }
                }
                if (random.nextInt(4) == 0) {
                    others.forEach(other -> withdraw(table, ONE, other));
                    others.clear();
                }
            } while (last != null);

            assertThat(read.stream().filter(number -> number < 500)).as("seed %d", seed).hasSize(500)
                    .doesNotHaveDuplicates();
            assertThat(read).as("seed %d", seed).doesNotHaveDuplicates();
        }
    }

    @Test
    void only_prefixes_with_a_wanted_path_are_read_with_their_best_path_first() {
        AdjRibIn table = table(2);
        announce(table, ONE, 1);
        announce(table, OTHER, 1);
        announce(table, ONE, 2);

        List<PrefixPaths> found = read(table, wanted(OTHER::equals));

        assertThat(found).singleElement().satisfies(route -> {
            assertThat(route.high()).isEqualTo(1L << 32);
            assertThat(route.paths()).extracting(Path::source).containsExactly(ONE, OTHER);
        });
    }

    private static TableScan.Wanted wanted(Predicate<RouteSource> sources) {
        return new TableScan.Wanted() {
            @Override
            public boolean prefix(long high, long low, int length) {
                return true;
            }

            @Override
            public boolean path(RouteSource source, boolean best) {
                return sources.test(source);
            }
        };
    }

    private static List<PrefixPaths> read(AdjRibIn table, TableScan.Wanted wanted) {
        List<PrefixPaths> found = new ArrayList<>();
        TableScan scan = table.scan(wanted);
        boolean finished;
        do {
            finished = scan.step(found);
        } while (!finished);
        return found;
    }

    /** Reads so many prefixes behind the last one; returns the last of them, or null when there are no more. */
    private static @Nullable PrefixPaths page(AdjRibIn table,
            @Nullable PrefixPaths last, int limit, List<Long> read) {
        List<PrefixPaths> found = new ArrayList<>();
        TableScan scan = last == null
                ? table.scan(ALL)
                : table.scanAfter(last.high(), last.low(), last.length(), ALL);
        boolean finished;
        do {
            finished = scan.step(found);
        } while (!finished && found.size() < limit);
        List<PrefixPaths> page = found.subList(0, Math.min(limit, found.size()));
        page.forEach(route -> read.add(route.high() >>> 32));
        return page.isEmpty() ? null : page.getLast();
    }

    private static AdjRibIn table(int stripes) {
        return new AdjRibIn(Family.IPV4_UNICAST, stripes);
    }

    private void announce(AdjRibIn table, RouteSource source, long number) {
        table.announce(source, 0, number << 32, 0, 32, ATTRIBUTES, changes);
        changes.clear();
    }

    private void withdraw(AdjRibIn table, RouteSource source, long number) {
        table.withdraw(source, 0, number << 32, 0, 32, changes);
        changes.clear();
    }
}
