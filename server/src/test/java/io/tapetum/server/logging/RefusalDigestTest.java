package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.tapetum.core.event.Refusal;

/** What operators are told of connections that were refused, however many. */
class RefusalDigestTest {

    private static final Refusal STRANGER = new Refusal.UnknownSource();
    private static final Refusal FAST = new Refusal.RateLimit(30, Duration.ofMinutes(1));

    private Duration elapsed = Duration.ZERO;

    /** The counter begins shortly before it overflows, as it may. */
    private final RefusalDigest digest = new RefusalDigest(Duration.ofSeconds(30),
            () -> Long.MAX_VALUE - 5 + elapsed.toNanos());

    private RefusalDigest.Verdict refused(String from, Refusal why) {
        return digest.refused(InetAddress.ofLiteral(from), why);
    }

    @Test
    void a_source_is_told_at_once_when_it_is_new_and_begins_the_interval() {
        assertThat(refused("10.0.0.1", STRANGER)).isEqualTo(new RefusalDigest.Verdict(true, true));
        assertThat(refused("10.0.0.2", STRANGER)).isEqualTo(new RefusalDigest.Verdict(true, false));
        assertThat(digest.end()).as("nothing is left to be told").isEmpty();
    }

    @Test
    void what_one_source_goes_on_doing_is_told_in_one_line_an_interval() {
        refused("10.0.0.1", STRANGER);
        for (int i = 0; i < 1234; i++) {
            assertThat(refused("10.0.0.1", STRANGER).tell()).isFalse();
        }
        assertThat(digest.end()).get().extracting(RefusalDigest.Digest::line).asString()
                .startsWith("1,234 connections refused in 30 s from 10.0.0.1: no peer");

        assertThat(refused("10.0.0.1", FAST)).isEqualTo(new RefusalDigest.Verdict(false, true));
        assertThat(digest.end()).get().extracting(RefusalDigest.Digest::line).asString()
                .startsWith("1 connection refused in 30 s from 10.0.0.1: it opens");
    }

    @Test
    void a_source_that_was_quiet_for_an_interval_is_new_again() {
        refused("10.0.0.1", STRANGER);
        digest.end();
        refused("10.0.0.2", STRANGER);
        digest.end();

        assertThat(refused("10.0.0.1", STRANGER).tell()).isTrue();
    }

    @Test
    void a_source_that_comes_back_after_a_long_time_is_new_again_even_if_nobody_else_was_refused_meanwhile() {
        refused("10.0.0.1", STRANGER);
        digest.end();
        elapsed = Duration.ofSeconds(30);
        assertThat(refused("10.0.0.1", STRANGER).tell()).as("30 s later").isFalse();
        digest.end();
        elapsed = elapsed.plusDays(3);

        assertThat(refused("10.0.0.1", STRANGER).tell()).as("3 days later").isTrue();
    }

    @Test
    void silence_counts_from_the_last_refusal_and_not_from_the_first_of_its_interval() {
        refused("10.0.0.1", STRANGER);
        elapsed = Duration.ofSeconds(29);
        refused("10.0.0.1", STRANGER);
        digest.end();
        elapsed = Duration.ofSeconds(58);

        assertThat(refused("10.0.0.1", STRANGER).tell()).isFalse();
    }

    @Test
    void whose_the_refusals_are_is_said_if_they_are_all_of_one_source() {
        refused("2001:db8::1", STRANGER);
        refused("2001:db8::2", STRANGER);
        assertThat(digest.end()).get().satisfies(told -> {
            assertThat(told.count()).isEqualTo(1);
            assertThat(told.source()).isEqualTo(InetAddress.ofLiteral("2001:db8::2"));
        });

        refused("10.0.0.1", STRANGER);
        refused("10.0.0.1", STRANGER);
        refused("10.0.0.2", STRANGER);
        refused("10.0.0.2", STRANGER);
        assertThat(digest.end()).get().extracting(RefusalDigest.Digest::source).isNull();
    }

    @Test
    void of_many_sources_only_the_first_are_told_and_the_rest_is_summed_up() {
        int told = 0;
        for (int i = 0; i < 3000; i++) {
            told += refused("10.1." + i / 250 + "." + i % 250, STRANGER).tell() ? 1 : 0;
        }
        for (int i = 0; i < 500; i++) {
            refused("10.1.3.3", FAST);
        }

        assertThat(told).isEqualTo(RefusalDigest.NEWS);
        assertThat(digest.end()).get().extracting(RefusalDigest.Digest::line).asString()
                .startsWith(
                        "3,490 connections refused in 30 s from 2,990 sources (unknown-source 2,990, rate-limit 500);"
                                + " most, 501, from 10.1.3.3: it opens more than");
    }

    @Test
    void more_sources_than_are_told_apart_are_counted_all_the_same() {
        for (int i = 0; i < 100_000; i++) {
            refused("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF), STRANGER);
        }

        assertThat(digest.end()).get().extracting(RefusalDigest.Digest::line).asString()
                .startsWith("99,990 connections refused in 30 s from more than 4,086");
    }

    @Test
    void addresses_of_one_ipv6_network_are_one_source() {
        for (int i = 1; i < 100; i++) {
            refused("2001:db8::" + i, STRANGER);
        }

        assertThat(digest.end()).get().extracting(RefusalDigest.Digest::line).asString()
                .startsWith("98 connections refused in 30 s from 2001:db8:0:0:0:0:0:0/64: ");
    }
}
