package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.Protection;

/** What becomes of a peer that has not changed its key in time. */
final class KeyOverlapIT extends PeerSuite {
    private static final String OLD_KEY = "the-key-of-yesterday";
    private static final String NEW_KEY = "the-key-of-today";
    private static final int OVERLAP_SECONDS = 6;

    private final Host rr = host("rr", 1);
    private final BgpPeer late = peer("late", 2, AS, Protection.key(OLD_KEY), rr);
    private final Reflector reflector = Reflector.of(new Plan(rr, AS, rr.ipv4(),
            Membership.client(late.host().ipv4(), AS).with(Protection.key(OLD_KEY)),
            Membership.client(late.host().ipv6(), AS).with(Protection.key(OLD_KEY))).withKeyOverlap(OVERLAP_SECONDS));

    KeyOverlapIT() {
        super(PeerKind.BIRD_1);
    }

    @BeforeAll
    void start() {
        reflector.start();
        late.start();
        awaitSessions(late, rr);
    }

    @Test
    void the_old_key_is_refused_when_the_overlap_has_ended_and_the_new_one_is_taken() {
        Optional<String> before = late.session(rr.ipv4());
        reflector.rekey(late.host().ipv4(), NEW_KEY);
        reflector.rekey(late.host().ipv6(), NEW_KEY);

        eventually(() -> assertThat(reflector.report()).contains("there is a new key"));
        assertThat(late.session(rr.ipv4())).isPresent().isEqualTo(before);
        eventually(() -> assertThat(reflector.report()).contains("the overlap is over"));
        eventually(() -> {
            assertThat(late.session(rr.ipv4())).isEmpty();
            assertThat(late.session(rr.ipv6())).isEmpty();
        });
        staysSo(() -> assertThat(late.session(rr.ipv4())).isEmpty());

        late.rekey(rr.ipv4(), NEW_KEY);
        late.rekey(rr.ipv6(), NEW_KEY);
        awaitSessions(late, rr);
    }
}
