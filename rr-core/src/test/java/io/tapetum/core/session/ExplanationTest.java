package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.rib.log.LogEntry;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** How a prefix stands with a peer while something is going on. */
class ExplanationTest {

    private final TestReflector reflector = new TestReflector().peer("10.0.0.1", SampleTemplate.client())
            .peer("10.0.0.2", SampleTemplate.client().families(Set.of(Family.IPV4_UNICAST)))
            .peer("10.0.0.3", SampleTemplate.nonClient()).start();
    private final RemoteEnd sender = reflector.session("10.0.0.1");
    private final RemoteEnd receiver = reflector.session("10.0.0.2");

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void whatTheKernelHasNotTakenIsOnItsWay() {
        receiver.connection().stall();
        sender.send(RawUpdate.announcement("10.0.0.1", "10.8.0.0/16"));

        assertThat(explain("10.0.0.2", "10.8.0.0/16").standing()).isEqualTo(Standing.ON_ITS_WAY);

        receiver.connection().takeAll();
        receiver.writabilityChanged();
        assertThat(explain("10.0.0.2", "10.8.0.0/16").standing()).isEqualTo(Standing.SENT);
    }

    @Test
    void whatAPeerThatDoesNotReadHasBeforeARouteIsCounted() {
        receiver.connection().stall();
        sender.send(RawUpdate.announcement("10.0.0.1", "10.8.0.0/16"));
        sender.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));
        sender.send(RawUpdate.announcement("10.0.0.1", "10.10.0.0/16"));

        LogEntry entry = explain("10.0.0.2", "10.10.0.0/16").candidates().getFirst().entry();

        assertThat(entry).isNotNull();
        assertThat(entry.passed()).isFalse();
        assertThat(entry.octetsBefore()).as("one UPDATE that the peer has not been handed").isBetween(40L, 100L);
    }

    @Test
    void aFamilyThatIsNotExchangedIsNamed() {
        assertThat(explain("10.0.0.2", "2001:db8::/32").standing()).isEqualTo(Standing.NOT_NEGOTIATED);
    }

    @Test
    void whatWasWithdrawnMayStillBeOnItsWay() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.8.0.0/16"));
        receiver.connection().stall();
        sender.send(RawUpdate.withdrawal("10.8.0.0/16"));

        Findings findings = explain("10.0.0.2", "10.8.0.0/16");

        assertThat(findings.standing()).isEqualTo(Standing.NO_PATH);
        assertThat(findings.session()).isNotNull();
        assertThat(findings.session().withdrawing()).isTrue();
    }

    /** As of a reflector of the same cluster: all of its routes are refused, more than can be remembered. */
    @Test
    void aPeerAllOfWhoseRoutesAreRefusedIsNamedThoughThisOneIsNotRemembered() {
        RemoteEnd other = reflector.session("10.0.0.3");
        for (int i = 0; i < 3000; i++) {
            other.send(RawUpdate.announcement("10.0.0.3", "20.%d.%d.0/24".formatted(i / 256, i % 256))
                    .attribute(0x80, 9, "0a0a0a0a").attribute(0x80, 10, "01010101"));
        }

        Findings forgotten = explain("10.0.0.2", "20.0.0.0/24");
        Findings remembered = explain("10.0.0.2", "20.11.183.0/24");

        assertThat(forgotten.manyRefused()).singleElement().satisfies(many -> {
            assertThat(many.announcements()).isEqualTo(3000);
            assertThat(many.last()).isEqualTo(new ImportRefusal.OwnCluster(SampleTemplate.CLUSTER));
        });
        assertThat(remembered.standing()).isEqualTo(Standing.REFUSED);
    }

    @Test
    void aMalformedAnnouncementSaysOnceWhichAttributeItWas() {
        sender.send(RawUpdate.update().attribute(0x40, 1, "07").attribute(0x40, 2, "").nextHop("10.0.0.1")
                .localPref(100).announced("10.8.0.0/16"));

        assertThat(explain("10.0.0.2", "10.8.0.0/16").refused()).singleElement()
                .satisfies(one -> assertThat(one.refusal().text()).startsWith("it was malformed: ORIGIN: ")
                        .containsOnlyOnce("ORIGIN"));
    }

    private Findings explain(String peer, String prefix) {
        var supervision = reflector.reflector().supervision();
        var answer = supervision.find(supervision.peers(peer).getFirst(), Prefix.parse(prefix).orElseThrow());
        reflector.run();
        return answer.join();
    }
}
