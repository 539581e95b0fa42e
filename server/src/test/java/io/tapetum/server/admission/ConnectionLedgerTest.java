package io.tapetum.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.event.Refusal;
import io.tapetum.server.config.ConnectionSettings;

/** How many connections are let in, of which source, and how fast. */
class ConnectionLedgerTest {

    private static final InetAddress FIRST = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("2001:db8::2");

    /** The clock begins shortly before it overflows, as it may. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

    private static ConnectionLedger ledger(int maximum, int halfOpen, int perSource, int rate) {
        return new ConnectionLedger(maximum,
                new ConnectionSettings(maximum, halfOpen, perSource, rate, Duration.ofSeconds(30)));
    }

    private AdmittedConnection admitted(ConnectionLedger ledger, InetAddress source) {
        assertThat(ledger.enters(source, now)).isNull();
        return new AdmittedConnection(ledger, source);
    }

    @Test
    void a_source_may_have_so_many_connections_without_a_session_and_others_do_not_mind() {
        ConnectionLedger ledger = ledger(100, 100, 2, 100);
        AdmittedConnection one = admitted(ledger, FIRST);
        admitted(ledger, FIRST);

        assertThat(ledger.enters(FIRST, now)).isEqualTo(new Refusal.SourceLimit(2));
        admitted(ledger, SECOND);

        one.established();
        admitted(ledger, FIRST);
        assertThat(ledger.open()).isEqualTo(4);
        assertThat(ledger.halfOpen()).isEqualTo(3);
    }

    @Test
    void of_all_sources_together_so_many_may_be_half_open_and_sessions_do_not_count() {
        ConnectionLedger ledger = ledger(100, 2, 2, 100);
        AdmittedConnection one = admitted(ledger, FIRST);
        AdmittedConnection two = admitted(ledger, SECOND);

        assertThat(ledger.enters(SECOND, now)).isEqualTo(new Refusal.HalfOpenLimit(2));

        one.established();
        two.closed();
        admitted(ledger, SECOND);
        admitted(ledger, SECOND);
    }

    @Test
    void sessions_and_half_open_connections_together_have_a_limit() {
        ConnectionLedger ledger = ledger(2, 2, 2, 100);
        AdmittedConnection session = admitted(ledger, FIRST);
        session.established();
        admitted(ledger, SECOND);

        assertThat(ledger.enters(SECOND, now)).isEqualTo(new Refusal.TotalLimit(2));

        session.closed();
        admitted(ledger, SECOND);
    }

    @Test
    void a_source_that_comes_too_often_is_slowed_down_to_the_rate() {
        ConnectionLedger ledger = ledger(100, 100, 100, 6);
        for (int i = 0; i < 6; i++) {
            admitted(ledger, FIRST).closed();
        }
        assertThat(ledger.enters(FIRST, now)).isEqualTo(new Refusal.RateLimit(6, Duration.ofMinutes(1)));

        now += Duration.ofMillis(9_999).toNanos();
        assertThat(ledger.enters(FIRST, now)).isInstanceOf(Refusal.RateLimit.class);
        now += Duration.ofMillis(1).toNanos();
        admitted(ledger, FIRST).closed();
        assertThat(ledger.enters(FIRST, now)).isInstanceOf(Refusal.RateLimit.class);
        admitted(ledger, SECOND);
    }

    @Test
    void a_connection_is_struck_out_once_however_often_it_ends() {
        ConnectionLedger ledger = ledger(100, 100, 100, 100);
        AdmittedConnection halfOpen = admitted(ledger, FIRST);
        AdmittedConnection session = admitted(ledger, FIRST);

        session.established();
        session.established();
        session.closed();
        session.closed();
        assertThat(ledger.open()).isOne();
        halfOpen.closed();
        halfOpen.established();
        halfOpen.closed();

        assertThat(ledger.open()).isZero();
        assertThat(ledger.halfOpen()).isZero();
    }

    @Test
    void who_came_more_than_a_minute_ago_is_forgotten() {
        ConnectionLedger ledger = ledger(100, 100, 100, 6);
        for (int i = 0; i < 10_000; i++) {
            admitted(ledger, source(i)).closed();
            now += Duration.ofMillis(100).toNanos();
        }

        // One token is back after 10 s, in which a hundred others come.
        assertThat(ledger.remembered()).isLessThanOrEqualTo(101);
    }

    @Test
    void however_many_sources_come_in_a_minute_only_so_many_are_remembered() {
        ConnectionLedger ledger = ledger(100, 100, 100, 6);
        for (int i = 0; i < ConnectionLedger.REMEMBERED_SOURCES + 10_000; i++) {
            admitted(ledger, source(i)).closed();
        }

        assertThat(ledger.remembered()).isLessThanOrEqualTo(ConnectionLedger.REMEMBERED_SOURCES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_in_whatever_order_it_does_as_the_naive_one(long seed) {
        Random random = new Random(seed);
        int maximum = 1 + random.nextInt(30);
        ConnectionSettings limits = new ConnectionSettings(maximum, 1 + random.nextInt(20), 1 + random.nextInt(4),
                1 + random.nextInt(60), Duration.ofSeconds(30));
        ConnectionLedger ledger = new ConnectionLedger(maximum, limits);
        NaiveLedger naive = new NaiveLedger(maximum, limits);
        List<AdmittedConnection> admitted = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int chosen = admitted.isEmpty() ? -1 : random.nextInt(admitted.size());
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    InetAddress source = source(random.nextInt(8));
                    Refusal.Reason expected = naive.enters(source, now);
                    assertThat(reason(ledger.enters(source, now))).as("seed %d, step %d", seed, step)
                            .isEqualTo(expected);
                    if (expected == null) {
                        admitted.add(new AdmittedConnection(ledger, source));
                    }
                }
                case 2 -> now += (long) (random.nextDouble() * random.nextDouble() * 1e10);
                case 3 -> {
                    if (chosen >= 0) {
                        admitted.get(chosen).established();
                        naive.entries().get(chosen).halfOpen = false;
                    }
                }
                default -> {
                    if (chosen >= 0) {
                        admitted.remove(chosen).closed();
                        naive.entries().remove(chosen);
                    }
                }
            }
            assertThat(ledger.open()).as("seed %d, step %d", seed, step).isEqualTo(naive.open());
            assertThat(ledger.halfOpen()).as("seed %d, step %d", seed, step).isEqualTo(naive.halfOpen());
        }
    }

    private static Refusal.@Nullable Reason reason(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.reason();
    }

    private static InetAddress source(int number) {
        return InetAddress
                .ofLiteral("10." + (number >> 16 & 0xFF) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF));
    }
}
