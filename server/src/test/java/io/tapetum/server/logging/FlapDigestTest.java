package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.wire.Family;

/** How much a peer may say whose sessions come and go. */
class FlapDigestTest {

    private final FlapDigest digest = new FlapDigest(Duration.ofSeconds(30));

    private boolean up(String peer) {
        return digest.happened(SampleEvents.up(peer)).tell();
    }

    private boolean down(String peer) {
        return digest.happened(SampleEvents.down(peer, new DownReason.ConnectionLost())).tell();
    }

    private boolean table(String peer, Family family) {
        return digest.happened(new ReflectorEvent.TableSent(SampleEvents.peer(peer), family)).tell();
    }

    @Test
    void who_comes_back_twice_is_told_line_by_line() {
        for (int i = 0; i < 2; i++) {
            assertThat(down("10.0.0.2")).isTrue();
            assertThat(up("10.0.0.2")).isTrue();
            assertThat(table("10.0.0.2", Family.IPV4_UNICAST)).isTrue();
            assertThat(table("10.0.0.2", Family.IPV6_UNICAST)).isTrue();
        }

        assertThat(digest.end()).isEmpty();
    }

    @Test
    void who_goes_on_is_told_in_one_line_how_often_and_how_it_stood_at_the_end() {
        int told = 0;
        for (int i = 0; i < 100; i++) {
            told += up("10.0.0.2") ? 1 : 0;
            told += down("10.0.0.2") ? 1 : 0;
        }
        up("10.0.0.2");

        assertThat(told).isEqualTo(FlapDigest.LINES);
        assertThat(digest.end()).singleElement().satisfies(flapping -> {
            assertThat(flapping.line()).isEqualTo("peer 10.0.0.2 came up 101 times and went down 100 times in 30 s, and"
                    + " was up at the end; it last went down for this: TCP connection closed or lost without a"
                    + " NOTIFICATION");
            assertThat(flapping.peer().name()).isEqualTo("10.0.0.2");
            assertThat(flapping.ups()).isEqualTo(101);
            assertThat(flapping.downs()).isEqualTo(100);
        });
        assertThat(up("10.0.0.2")).as("in the next interval").isTrue();
    }

    @Test
    void peers_do_not_silence_each_other() {
        for (int i = 0; i < 100; i++) {
            up("10.0.0.2");
        }

        assertThat(up("10.0.0.3")).isTrue();
        assertThat(digest.end()).extracting(flapping -> flapping.peer().name()).containsExactly("10.0.0.2");
    }

    @Test
    void an_interval_begins_with_the_first_event_in_it() {
        assertThat(digest.happened(SampleEvents.up("10.0.0.2")).begins()).isTrue();
        assertThat(digest.happened(SampleEvents.up("10.0.0.3")).begins()).isFalse();
        digest.end();

        assertThat(digest.happened(SampleEvents.up("10.0.0.3")).begins()).isTrue();
    }
}
