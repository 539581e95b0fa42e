package io.tapetum.rib;

import static io.tapetum.wire.attribute.TestAttributes.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.tapetum.wire.attribute.PathAttributes;

class AttributeTableTest {

    private final AttributeTable table = new AttributeTable();

    @Test
    void equal_attributes_become_one_object() {
        PathAttributes first = attributes().tag(1).build();
        PathAttributes second = attributes().tag(1).build();

        assertThat(table.intern(first)).isSameAs(first);
        assertThat(table.intern(second)).isSameAs(first);
        assertThat(table.intern(attributes().tag(2).build())).isNotSameAs(first);
        assertThat(first).isNotSameAs(second);
    }

    @Test
    void members_that_are_in_use_are_found_however_many_there_are() {
        List<PathAttributes> kept = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            kept.add(table.intern(attributes().tag(i).build()));
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(table.intern(attributes().tag(i).build())).isSameAs(kept.get(i));
        }
        assertThat(table.size()).isEqualTo(20_000);
    }

    @Test
    @Timeout(60)
    void attributes_that_no_path_carries_any_more_are_reclaimed() {
        List<PathAttributes> kept = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            PathAttributes interned = table.intern(attributes().tag(i).build());
            if (i % 1000 == 0) {
                kept.add(interned);
            }
        }
        // Collection is the runtime's to time; it is asked until it has happened, and the test's limit ends the wait.
        while (table.size() > kept.size()) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(table.size()).isEqualTo(50);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(table.intern(attributes().tag(i * 1000).build())).isSameAs(kept.get(i));
        }
    }

    @Test
    void threads_that_intern_the_same_at_once_get_the_same() throws Exception {
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<List<PathAttributes>>> tasks = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            tasks.add(() -> {
                List<PathAttributes> result = new ArrayList<>();
                start.await();
                for (int i = 0; i < 5_000; i++) {
                    result.add(table.intern(attributes().tag(i).build()));
                }
                return result;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<List<PathAttributes>> results = new ArrayList<>();
            for (var future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            for (int i = 0; i < 5_000; i++) {
                for (List<PathAttributes> result : results) {
                    assertThat(result.get(i)).isSameAs(results.get(0).get(i));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
