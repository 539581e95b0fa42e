package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.Acceptance;
import io.tapetum.core.Supervision;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;

/** What operators do to single sessions (RFC 2918, RFC 4486, RFC 9003). */
class InterventionTest {

    private static final Capability REFRESH = new Capability.RouteRefreshCapability();
    private static final Capability IPV4 = new Capability.Multiprotocol(1, 1);
    private static final Capability IPV6 = new Capability.Multiprotocol(2, 1);

    private final TestReflector reflector = new TestReflector().peer("10.0.0.1", SampleTemplate.client())
            .peer("10.0.0.2", SampleTemplate.client()).range("10.1.0.0", 16, 2, SampleTemplate.client()).start();
    private final Supervision supervision = reflector.reflector().supervision();

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void aPeerIsAskedForItsRoutesOfEveryFamilyItExchanges() {
        RemoteEnd peer = reflector.connect("10.0.0.1").establish(REFRESH, IPV4, IPV6);
        peer.heard();

        assertThat(done(supervision.onTheirLoops(named("10.0.0.1"), Peer::requestRefresh))).isOne();

        assertThat(peer.heard()).containsExactly("REFRESH IPV4_UNICAST", "REFRESH IPV6_UNICAST");
    }

    @Test
    void aPeerThatCannotRefreshIsNotAskedAndDoesNotCount() {
        RemoteEnd peer = reflector.session("10.0.0.1");

        assertThat(done(supervision.onTheirLoops(supervision.peers(), Peer::requestRefresh))).isZero();

        assertThat(peer.heard()).isEmpty();
    }

    @Test
    void aPeerIsSentAllRoutesAgain() {
        reflector.session("10.0.0.1").send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));
        RemoteEnd peer = reflector.session("10.0.0.2");

        assertThat(done(supervision.onTheirLoops(named("10.0.0.2"), Peer::resend))).isOne();

        assertThat(peer.heard()).containsExactly("+10.9.0.0/16");
    }

    @Test
    void aSessionThatIsResetEndsAndTheNextOneIsWelcome() {
        RemoteEnd peer = reflector.session("10.0.0.1");

        assertThat(done(supervision.onTheirLoops(supervision.peers(), one -> one.reset("the cable")))).isOne();

        assertThat(peer.heard()).containsExactly("NOTIFICATION 6/4");
        assertThat(reflector.session("10.0.0.1").connection().isEstablished()).isTrue();
    }

    @Test
    void aPeerThatIsShutDownLosesItsRoutesAndStaysDown() {
        RemoteEnd peer = reflector.session("10.0.0.1");
        RemoteEnd other = reflector.session("10.0.0.2");
        peer.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));
        other.heard();

        assertThat(done(supervision.shutDown(named("10.0.0.1"), "maintenance"))).isOne();

        assertThat(peer.heard()).containsExactly("NOTIFICATION 6/2");
        assertThat(other.heard()).containsExactly("-10.9.0.0/16");
        assertThat(reflector.connect("10.0.0.1").heard()).containsExactly("NOTIFICATION 6/5");
        assertThat(reflector.status("10.0.0.1").stopped()).isTrue();
    }

    @Test
    void aPeerThatIsStartedAgainComesBack() {
        reflector.session("10.0.0.1");
        done(supervision.shutDown(named("10.0.0.1"), ""));

        assertThat(done(supervision.release(supervision.peers()))).isOne();

        assertThat(reflector.session("10.0.0.1").connection().isEstablished()).isTrue();
        assertThat(reflector.status("10.0.0.1").stopped()).isFalse();
    }

    @Test
    void onlyThoseThatWereShutDownCountAsStarted() {
        reflector.session("10.0.0.1");

        assertThat(done(supervision.release(supervision.peers()))).isZero();
    }

    /** What was wished last counts, though the event loop has not got to it yet. */
    @Test
    void ofTwoWishesTheLaterOneCounts() {
        supervision.shutDown(named("10.0.0.1"), "");
        supervision.release(named("10.0.0.1"));
        supervision.shutDown(named("10.0.0.1"), "");
        reflector.run();

        assertThat(reflector.connect("10.0.0.1").heard()).containsExactly("NOTIFICATION 6/5");
    }

    /** Its next connection would make a new peer of it. */
    @Test
    void aDynamicPeerThatIsShutDownStaysKnownUntilItIsStarted() {
        reflector.session("10.1.0.1");

        done(supervision.shutDown(named("10.1.0.1"), ""));
        assertThat(reflector.connect("10.1.0.1").heard()).containsExactly("NOTIFICATION 6/5");
        assertThat(reflector.status("10.1.0.1").stopped()).isTrue();

        assertThat(done(supervision.release(named("10.1.0.1")))).isOne();
        assertThat(supervision.peers("10.1.0.1")).isEmpty();
        assertThat(reflector.session("10.1.0.1").connection().isEstablished()).isTrue();
    }

    @Test
    void dynamicPeersThatAreShutDownCountInTheLimitOfTheirRange() {
        reflector.session("10.1.0.1");
        reflector.session("10.1.0.2");
        done(supervision.shutDown(supervision.peers(), ""));

        assertThat(reflector.reflector().accept(RawUpdate.address("10.1.0.3")))
                .isInstanceOf(Acceptance.Refused.class);
    }

    @Test
    void otherSettingsDoNotBringAPeerBackThatIsShutDown() {
        reflector.session("10.0.0.1");
        done(supervision.shutDown(named("10.0.0.1"), ""));

        reconcile(SampleTemplate.client().group("another name"));
        assertThat(reflector.connect("10.0.0.1").heard()).containsExactly("NOTIFICATION 6/5");

        reconcile(SampleTemplate.client().families(Set.of(Family.IPV4_UNICAST)));
        assertThat(reflector.connect("10.0.0.1").heard()).containsExactly("NOTIFICATION 6/5");
        assertThat(done(supervision.release(named("10.0.0.1")))).isOne();
    }

    /** It is not the same peer any more. */
    @Test
    void aPeerThatWasRemovedAndComesBackIsStarted() {
        done(supervision.shutDown(named("10.0.0.1"), ""));
        reflector.reflector().reconcile(List.of());

        reconcile(SampleTemplate.client());

        assertThat(reflector.session("10.0.0.1").connection().isEstablished()).isTrue();
    }

    @Test
    void nobodyIsStartedWhenTheReflectorEnds() {
        done(supervision.shutDown(named("10.0.0.1"), ""));
        List<Peer> peers = named("10.0.0.1");
        reflector.close();

        assertThat(done(supervision.release(peers))).isZero();
    }

    private void reconcile(SampleTemplate template) {
        reflector.reflector().reconcile(List.of(new PeerSettings("10.0.0.1", RawUpdate.address("10.0.0.1"), null, 179,
                template.build())));
        reflector.run();
    }

    private List<Peer> named(String peer) {
        return supervision.peers(peer);
    }

    private int done(CompletableFuture<Integer> wish) {
        reflector.run();
        return wish.join();
    }
}
