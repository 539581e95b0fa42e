package io.tapetum.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What is concluded from the kernel's counters. */
class DroppedSegmentsTest {

    private SegmentCounters kernel = new SegmentCounters(5, 6, 7);
    private Instant now = Instant.parse("2020-03-01T12:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DroppedSegments dropped = new DroppedSegments(meters, () -> Optional.of(kernel), () -> now);

    private void report() {
        dropped.report(_ -> List.of());
    }

    private double count(String fault) {
        return meters.get("tapetum.tcp.md5.dropped.segments").tag("fault", fault).functionCounter().count();
    }

    @Test
    void what_was_dropped_before_the_start_is_nobodys() {
        report();

        assertThat(dropped.suspicion(true)).isEmpty();
        assertThat(count("wrong-signature")).isZero();
    }

    @Test
    void a_wrong_signature_makes_peers_with_a_key_suspicious_and_no_others() {
        kernel = new SegmentCounters(8, 6, 7);
        report();

        assertThat(dropped.suspicion(true)).get().asString().contains("12:00:00").contains("wrong TCP-MD5 signature")
                .contains("compare both sides");
        assertThat(dropped.suspicion(false)).isEmpty();
        assertThat(count("wrong-signature")).isEqualTo(3);
    }

    @Test
    void the_meters_count_up_to_the_last_report() {
        kernel = new SegmentCounters(8, 6, 7);
        assertThat(count("wrong-signature")).isZero();

        report();

        assertThat(count("wrong-signature")).isEqualTo(3);
    }

    @Test
    void a_missing_signature_makes_peers_with_a_key_suspicious() {
        kernel = new SegmentCounters(5, 7, 7);
        report();

        assertThat(dropped.suspicion(true)).get().asString().contains("it has no key");
    }

    @Test
    void a_signature_that_nobody_expects_makes_peers_without_a_key_suspicious() {
        kernel = new SegmentCounters(5, 6, 8);
        report();

        assertThat(dropped.suspicion(false)).get().asString().contains("give it one here");
        assertThat(dropped.suspicion(true)).isEmpty();
    }

    @Test
    void suspicion_ends_when_nothing_more_comes() {
        kernel = new SegmentCounters(6, 6, 7);
        report();

        now = now.plus(Duration.ofMinutes(4));
        report();

        assertThat(dropped.suspicion(true)).isEmpty();
    }

    @Test
    void the_counters_of_linux_are_read_by_their_names() {
        List<String> netstat = List.of("TcpExt: SyncookiesSent TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure Other",
                "TcpExt: 1 2 3 4 5", "IpExt: InNoRoutes", "IpExt: 9");

        assertThat(SegmentCounters.parse(netstat)).contains(new SegmentCounters(4, 2, 3));
        assertThat(SegmentCounters.parse(List.of("TcpExt: A B", "TcpExt: 1"))).isEmpty();
        assertThat(SegmentCounters.parse(List.of("TcpExt: A", "TcpExt: many"))).isEmpty();
        assertThat(SegmentCounters.read()).isPresent();
    }
}
