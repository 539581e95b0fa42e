package io.tapetum.server.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;

/** What the kernel of this machine lets through, with a listener for both families and clients on the loopback interface. */
class SignaturesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HeldKeys ring = new HeldKeys();
    private final SignedSockets sockets = new SignedSockets();

    @AfterEach
    void close() {
        sockets.close();
    }

    private Signatures signatures(DynamicRange... ranges) {
        return new Signatures(ring, List.of(ranges), sockets.clock());
    }

    /** Signatures of these peers, on a listener. */
    private Signatures listening(PeerSettings... peers) throws IOException {
        Signatures signatures = signatures();
        signatures.peersAre(List.of(peers));
        sockets.listen(signatures);
        return signatures;
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.2, 127.0.0.3", "::1, 127.0.0.3"})
    void a_peer_gets_in_with_its_key_and_not_with_another_or_none(String keyed, String keyless) throws IOException {
        ring.set("file:a", "right");
        listening(SignedPeers.peer(keyed, "file:a"), SignedPeers.peer(keyless, ""));

        assertThat(sockets.connect(keyed, "right")).isNotNull();
        assertThat(sockets.isKeptOut(keyed, "wrong")).isTrue();
        assertThat(sockets.isKeptOut(keyed, null)).isTrue();
        assertThat(sockets.connect(keyless, null)).isNotNull();
        assertThat(sockets.isKeptOut(keyless, "right")).isTrue();
        assertThat(sockets.accepted()).hasSize(2);
    }

    @Test
    void everybody_of_a_range_signs_with_its_key_but_for_peers_with_their_own() throws IOException {
        ring.set("file:range", "of the range");
        ring.set("file:own", "of its own");
        Signatures signatures = signatures(SignedPeers.range("127.0.1.0", 24, "file:range"));
        signatures.peersAre(List.of(SignedPeers.peer("127.0.1.9", "file:own")));
        sockets.listen(signatures);

        assertThat(sockets.connect("127.0.1.2", "of the range")).isNotNull();
        assertThat(sockets.isKeptOut("127.0.1.3", null)).isTrue();
        assertThat(sockets.isKeptOut("127.0.1.9", "of the range")).isTrue();
        assertThat(sockets.connect("127.0.1.9", "of its own")).isNotNull();
        assertThat(sockets.connect("127.0.2.2", null)).isNotNull();
    }

    @Test
    void a_peer_whose_key_is_not_there_gets_no_unsigned_session() throws IOException {
        Signatures signatures = listening(SignedPeers.peer("127.0.0.2", "file:a"));

        sockets.connect("127.0.0.2", null);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.refused).singleElement().asString()
                .contains("file:a is not there"));
        assertThat(sockets.accepted()).isEmpty();
        assertThat(signatures.missingKeys()).isEqualTo(1);
        EpollSocketChannel outgoing = new EpollSocketChannel(SocketProtocolFamily.INET);
        assertThatThrownBy(() -> signatures.opening(outgoing, InetAddress.ofLiteral("127.0.0.2")))
                .hasMessageContaining("file:a is not there");
        outgoing.unsafe().closeForcibly();

        ring.set("file:a", "found");
        assertThat(sockets.connect("127.0.0.2", "found")).isNotNull();
        assertThat(signatures.problem(InetAddress.ofLiteral("127.0.0.2"))).isEmpty();
    }

    @Test
    void peers_that_come_later_find_their_keys_on_the_listener_and_leave_none_behind() throws IOException {
        ring.set("file:a", "right");
        Signatures signatures = signatures();
        sockets.listen(signatures);
        assertThat(signatures.keysOnListeners()).isZero();

        signatures.peersAre(List.of(SignedPeers.peer("127.0.0.2", "file:a")));
        assertThat(sockets.connect("127.0.0.2", "right")).isNotNull();
        assertThat(sockets.isKeptOut("127.0.0.2", null)).isTrue();

        signatures.peersAre(List.of(SignedPeers.peer("127.0.0.2", "")));
        assertThat(signatures.keysOnListeners()).isZero();
        assertThat(sockets.connect("127.0.0.2", null)).isNotNull();
    }

    @Test
    void a_new_key_without_overlap_is_on_live_connections_and_the_listener_at_once() throws IOException {
        ring.set("file:a", "old");
        listening(SignedPeers.peer("127.0.0.2", "file:a"));
        Channel client = sockets.connect("127.0.0.2", "old");
        assertThat(client).isNotNull();

        ring.set("file:a", "new");
        SignedSockets.rekey(client, "new");
        SignedSockets.send(client, "still here");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.received).containsExactly("still here"));
        assertThat(sockets.isKeptOut("127.0.0.2", "old")).isTrue();
        assertThat(sockets.connect("127.0.0.2", "new")).isNotNull();
    }

    @Test
    void a_live_connection_is_signed_when_its_peer_gets_a_key_and_no_more_when_it_has_none() throws IOException {
        ring.set("file:a", "right");
        Signatures signatures = listening(SignedPeers.peer("127.0.0.2", ""));
        Channel client = sockets.connect("127.0.0.2", null);
        assertThat(client).isNotNull();

        signatures.peersAre(List.of(SignedPeers.peer("127.0.0.2", "file:a")));
        SignedSockets.rekey(client, "right");
        SignedSockets.send(client, "signed");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.received).containsExactly("signed"));

        signatures.peersAre(List.of(SignedPeers.peer("127.0.0.2", "")));
        SignedSockets.rekey(client, null);
        SignedSockets.send(client, "unsigned");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sockets.received).containsExactly("signed", "unsigned"));
    }

    @Test
    void the_connection_of_a_peer_that_goes_is_signed_to_the_end() throws IOException {
        ring.set("file:a", "right");
        Signatures signatures = listening(SignedPeers.peer("127.0.0.2", "file:a"));
        Channel client = sockets.connect("127.0.0.2", "right");
        assertThat(client).isNotNull();

        signatures.peersAre(List.of());
        SignedSockets.send(client, "farewell");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.received).containsExactly("farewell"));
    }

    @Test
    void while_an_overlap_lasts_both_keys_get_in_and_afterwards_only_the_new_one() throws IOException {
        ring.set("file:a", "old");
        listening(SignedPeers.peer("127.0.0.2", "file:a"));

        ring.set("file:a", "new", "old");
        // The listener has them in turns, a second each: where SYNs and turns fall together, not at the first try.
        await().atMost(PATIENCE).until(() -> sockets.connect("127.0.0.2", "old") != null);
        await().atMost(PATIENCE).until(() -> sockets.connect("127.0.0.2", "new") != null);
        assertThat(sockets.connect("127.0.0.2", "other")).isNull();

        ring.set("file:a", "new");
        assertThat(sockets.isKeptOut("127.0.0.2", "old")).isTrue();
        assertThat(sockets.connect("127.0.0.2", "new")).isNotNull();
    }

    @Test
    void a_live_connection_keeps_the_old_key_until_its_peer_has_the_new_one() throws IOException {
        ring.set("file:a", "old");
        listening(SignedPeers.peer("127.0.0.2", "file:a"));
        Channel client = sockets.connect("127.0.0.2", "old");
        assertThat(client).isNotNull();

        ring.set("file:a", "new", "old");
        SignedSockets.send(client, "with the old key");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.received).containsExactly("with the old key"));

        SignedSockets.rekey(client, "new");
        // What we send is dropped by the peer now, from which we learn that it has changed.
        SignedSockets.send(sockets.accepted().getFirst(), "is anybody there?");
        SignedSockets.send(client, ", with the new key");
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(String.join("", sockets.received)).isEqualTo("with the old key, with the new key"));
    }

    @Test
    void a_live_connection_follows_its_peer_to_the_newest_of_three_keys_soon() throws IOException {
        ring.set("file:a", "old");
        listening(SignedPeers.peer("127.0.0.2", "file:a"));
        Channel client = sockets.connect("127.0.0.2", "old");
        assertThat(client).isNotNull();

        ring.set("file:a", "newest", "new", "old");
        SignedSockets.rekey(client, "newest");
        SignedSockets.send(sockets.accepted().getFirst(), "is anybody there?");
        SignedSockets.send(client, "with the newest key");

        // Not more than a hold time of 9 s allows, with KEEPALIVEs every 3 s.
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(sockets.received).containsExactly("with the newest key"));
    }

    @Test
    void the_end_of_an_overlap_moves_live_connections_that_kept_the_old_key() throws IOException {
        ring.set("file:a", "old");
        listening(SignedPeers.peer("127.0.0.2", "file:a"));
        Channel client = sockets.connect("127.0.0.2", "old");
        assertThat(client).isNotNull();
        ring.set("file:a", "new", "old");

        ring.set("file:a", "new");
        SignedSockets.rekey(client, "new");
        SignedSockets.send(client, "still here");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.received).containsExactly("still here"));
    }

    @Test
    void keys_that_find_no_room_are_counted_and_their_peers_stay_out() throws IOException {
        // Claims that do not lie together, so that each takes room of its own.
        int keys = (int) (OptionMemory.limit().orElse(131_072) / 64);
        Signatures signatures = signatures();
        IntStream.range(0, keys).forEach(i -> ring.set("file:" + i, "key " + i));
        signatures.peersAre(IntStream.range(0, keys)
                .mapToObj(i -> SignedPeers.peer("127.1." + i / 250 + "." + (i % 250 + 1), "file:" + i)).toList());

        sockets.listen(signatures);

        assertThat(signatures.keysOnListeners() + signatures.keysWithoutRoom()).isEqualTo(keys);
        assertThat(signatures.keysWithoutRoom()).isPositive();
        List<String> out = IntStream.range(0, keys).mapToObj(i -> "127.1." + i / 250 + "." + (i % 250 + 1))
                .filter(address -> signatures.problem(InetAddress.ofLiteral(address)).isPresent()).toList();
        assertThat(out).hasSize(signatures.keysWithoutRoom());
        assertThat(signatures.problem(InetAddress.ofLiteral(out.getFirst()))).get().asString()
                .contains("net.core.optmem_max");
        sockets.connect(out.getFirst(), null);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sockets.refused).hasSize(1));
        assertThat(sockets.accepted()).isEmpty();

        signatures.peersAre(List.of(SignedPeers.peer("127.1.0.1", "file:0")));
        assertThat(signatures.keysWithoutRoom()).isZero();
        assertThat(signatures.keysOnListeners()).isEqualTo(1);
    }
}
