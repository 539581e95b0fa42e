package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.CapturedMessage;

/** The reflector leaves for good and says so, and its clients move to the other one at once. */
abstract class DrainSuite extends PeerSuite {
    /** Cease, Administrative Shutdown (RFC 4486 §4). */
    private static final String ADMINISTRATIVE_SHUTDOWN = "6/2";

    private final Host leaving = host("leaving", 1);
    private final Host staying = host("staying", 2);
    private final Reflector first = Reflector.of(Plan.forEverybody(leaving, AS));
    private final Reflector second = Reflector.of(Plan.forEverybody(staying, AS));
    private final BgpPeer announcer = peer("announcer", 3, AS, leaving, staying);
    private final BgpPeer observer = peer("observer", 4, AS, leaving, staying);

    DrainSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        first.start();
        second.start();
        announcer.start();
        observer.start();
        for (BgpPeer client : List.of(announcer, observer)) {
            awaitSessions(client, leaving);
            awaitSessions(client, staying);
        }
        announcer.announce(Announcement.of("10.1.0.0/24"));
        announcer.announce(Announcement.of("fd00:1::/64"));
        // Both ways are equal up to the address of the reflector, of which the lower wins.
        eventually(() -> assertThat(observer.route("10.1.0.0/24")).get().satisfies(
                seen -> assertThat(seen.clusterList()).containsExactly(leaving.ipv4())));
    }

    @Test
    void every_client_is_told_that_the_reflector_shuts_down_and_uses_the_other_one() {
        try (Capture capture = Capture.on(observer.host(), "drain")) {
            first.drain();

            eventually(() -> assertThat(observer.route("10.1.0.0/24")).get().satisfies(
                    seen -> assertThat(seen.clusterList()).containsExactly(staying.ipv4())));
            eventually(() -> assertThat(observer.route("fd00:1::/64")).get().satisfies(
                    seen -> assertThat(seen.clusterList()).containsExactly(staying.ipv4())));
            assertThat(observer.sessionUp(leaving.ipv4())).isFalse();
            List<CapturedMessage> messages = capture.stop();
            assertThat(lastSent(messages, leaving.ipv4(), observer.host().ipv4())).isEqualTo(ADMINISTRATIVE_SHUTDOWN);
            assertThat(lastSent(messages, leaving.ipv6(), observer.host().ipv6())).isEqualTo(ADMINISTRATIVE_SHUTDOWN);
        }
    }

    private static String lastSent(List<CapturedMessage> messages, String from, String to) {
        return messages.stream().filter(message -> message.went(from, to)).toList().getLast().notification()
                .orElse("no NOTIFICATION");
    }
}
