package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.Supervision;
import io.tapetum.core.history.FollowedPrefix.History;
import io.tapetum.core.history.FollowedPrefixes;
import io.tapetum.core.history.Occurrence;
import io.tapetum.wire.nlri.Prefix;

/** What is told of a prefix that an operator follows. */
class FollowedPrefixTest {

    private static final Prefix PREFIX = Prefix.parse("10.9.0.0/16").orElseThrow();

    private final TestReflector reflector = new TestReflector().peer("10.0.0.1", SampleTemplate.client())
            .peer("10.0.0.2", SampleTemplate.client()).start();
    private final Supervision supervision = reflector.reflector().supervision();
    private final RemoteEnd first = reflector.session("10.0.0.1");
    private final RemoteEnd second = reflector.session("10.0.0.2");

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void nothingIsKnownOfAPrefixThatNobodyFollows() {
        first.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));

        assertThat(supervision.history(PREFIX)).isEmpty();
    }

    @Test
    void announcementsAndWithdrawalsAreToldWithWhetherTheBestPathChanged() {
        assertThat(supervision.follow(PREFIX)).isTrue();

        first.send(RawUpdate.announcement("10.0.0.1", "10.8.0.0/16", "10.9.0.0/16"));
        second.send(RawUpdate.announcement("10.0.0.2", "10.9.0.0/16"));
        second.send(RawUpdate.withdrawal("10.9.0.0/16"));
        first.send(RawUpdate.withdrawal("10.9.0.0/16", "10.8.0.0/16"));

        assertThat(told()).containsExactly("ANNOUNCED by 10.0.0.1, best changed", "ANNOUNCED by 10.0.0.2",
                "WITHDRAWN by 10.0.0.2", "WITHDRAWN by 10.0.0.1, best changed");
        assertThat(history().occurrences()).filteredOn(one -> one.kind() == Occurrence.Kind.ANNOUNCED)
                .allMatch(one -> one.attributes() != null);
    }

    @Test
    void whatIsRefusedIsToldWithTheReason() {
        first.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));
        supervision.follow(PREFIX);

        first.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16").attribute(0x80, 10, "01010101"));

        assertThat(told()).containsExactly("REFUSED by 10.0.0.1, best changed");
        assertThat(history().occurrences().getFirst().refusal()).contains("our cluster id 1.1.1.1");
    }

    @Test
    void theEndOfASessionIsToldOfThePathsItTakes() {
        first.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));
        supervision.follow(PREFIX);

        second.lose();
        first.lose();
        reflector.run();

        assertThat(told()).containsExactly("PURGED by 10.0.0.1, best changed");
    }

    @Test
    void onlyTheLastThingsAreRemembered() {
        supervision.follow(PREFIX);

        for (int i = 0; i < 300; i++) {
            first.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16").attribute(0x80, 4, "%08x".formatted(i)));
        }

        assertThat(history().occurrences()).hasSize(256);
        assertThat(history().forgotten()).isEqualTo(44);
    }

    @Test
    void onlyAFewPrefixesAreFollowedAtATime() {
        for (int i = 0; i < FollowedPrefixes.MAX_PREFIXES; i++) {
            assertThat(supervision.follow(Prefix.parse("10." + i + ".0.0/16").orElseThrow())).isTrue();
        }

        assertThat(supervision.follow(Prefix.parse("10.99.0.0/16").orElseThrow())).isFalse();
        assertThat(supervision.follow(PREFIX)).as("for longer").isTrue();
    }

    @Test
    void aPrefixIsFollowedForAnHourAfterItWasAskedForLast() {
        supervision.follow(PREFIX);
        reflector.pass(FollowedPrefixes.TIME.minusMinutes(1), first, second);
        supervision.follow(PREFIX);

        reflector.pass(FollowedPrefixes.TIME.minusMinutes(1), first, second);
        assertThat(supervision.history(PREFIX)).isPresent();

        reflector.pass(FollowedPrefixes.TIME.minusMinutes(50), first, second);
        assertThat(supervision.history(PREFIX)).isEmpty();
        assertThat(reflector.reflector().tables().followed().active()).as("what sessions look at").isEmpty();
    }

    private History history() {
        return supervision.history(PREFIX).orElseThrow();
    }

    private List<String> told() {
        return history().occurrences().stream()
                .map(one -> one.kind() + " by 10.0.0." + (one.source().addressLow() & 0xFF)
                        + (one.bestChanged() ? ", best changed" : ""))
                .toList();
    }
}
