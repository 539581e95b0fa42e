package io.tapetum.server.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;

/** A source may know its peers before there is a reflector, and after. */
class PeerFeedTest {

    private static final DesiredPeers ONE = new DesiredPeers(
            List.of(new DesiredPeer(PeerOrigin.GLOBAL, "node-1", InetAddress.ofLiteral("10.0.0.1"), 179, 64512, 64512,
                    PeerRole.CLIENT, null, null, Protection.NONE, null)),
            List.of());

    private final PeerFeed feed = new PeerFeed();
    private final List<DesiredPeers> told = new ArrayList<>();

    @Test
    void nothing_has_been_published_until_something_is() throws InterruptedException {
        assertThat(feed.await(Duration.ofMillis(1))).isNull();

        feed.accept(ONE);

        assertThat(feed.await(Duration.ZERO)).isEqualTo(ONE);
    }

    @Test
    void who_waits_is_woken_by_the_first_publication() {
        CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> {
            try {
                return ONE.equals(feed.await(Duration.ofMinutes(1)));
            } catch (InterruptedException _) {
                return false;
            }
        });

        feed.accept(ONE);

        assertThat(woken).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
    }

    @Test
    void a_reflector_is_told_of_the_latest_set_and_of_every_later_one() {
        feed.accept(DesiredPeers.NONE);
        feed.accept(ONE);

        feed.feed(told::add);
        feed.accept(DesiredPeers.NONE);

        assertThat(told).containsExactly(ONE, DesiredPeers.NONE);
    }
}
