package io.tapetum.core.fsm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Open;

/** Settings of an ordinary reflector, and the OPEN of an ordinary calico-node. */
final class SampleSettings {

    static final long AS = 64512;
    static final int OUR_ID = 0x0a000002;
    static final int LOWER_ID = 0x0a000001;
    /** Higher than ours only if compared without sign. */
    static final int HIGHER_ID = 0xc0a80001;

    static final SessionTimers TIMERS = new SessionTimers(90, Duration.ofMinutes(4), Duration.ofSeconds(5),
            Duration.ofSeconds(120), Duration.ofSeconds(15), Duration.ZERO);

    private SampleSettings() {}

    static FsmSettings settings(ConnectMode mode) {
        return new FsmSettings(AS, OUR_ID, AS, Set.of(Family.IPV4_UNICAST), mode, TIMERS, true, true, false, false, 120,
                0);
    }

    static FsmSettings withAs(FsmSettings s, long localAs, long remoteAs) {
        return new FsmSettings(localAs, s.routerId(), remoteAs, s.families(), s.connect(), s.timers(),
                s.extendedMessages(), s.addPathReceive(), s.addPathSend(), s.extendedNextHop(),
                s.gracefulRestartSeconds(),
                s.longLivedStaleSeconds());
    }

    static FsmSettings withFamilies(FsmSettings s, Set<Family> families) {
        return new FsmSettings(s.localAs(), s.routerId(), s.remoteAs(), families, s.connect(), s.timers(),
                s.extendedMessages(), s.addPathReceive(), s.addPathSend(), s.extendedNextHop(),
                s.gracefulRestartSeconds(),
                s.longLivedStaleSeconds());
    }

    static FsmSettings withAddPath(FsmSettings s, boolean receive, boolean send) {
        return new FsmSettings(s.localAs(), s.routerId(), s.remoteAs(), s.families(), s.connect(), s.timers(),
                s.extendedMessages(), receive, send, s.extendedNextHop(), s.gracefulRestartSeconds(),
                s.longLivedStaleSeconds());
    }

    static FsmSettings withLongLivedStaleSeconds(FsmSettings s, int seconds) {
        return new FsmSettings(s.localAs(), s.routerId(), s.remoteAs(), s.families(), s.connect(), s.timers(),
                s.extendedMessages(), s.addPathReceive(), s.addPathSend(), s.extendedNextHop(),
                s.gracefulRestartSeconds(), seconds);
    }

    static FsmSettings withTimers(FsmSettings s, SessionTimers timers) {
        return new FsmSettings(s.localAs(), s.routerId(), s.remoteAs(), s.families(), s.connect(), timers,
                s.extendedMessages(), s.addPathReceive(), s.addPathSend(), s.extendedNextHop(),
                s.gracefulRestartSeconds(),
                s.longLivedStaleSeconds());
    }

    static SessionTimers withHoldTime(SessionTimers t, int seconds) {
        return new SessionTimers(seconds, t.openHoldTime(), t.connectRetry(), t.connectRetryMax(), t.fallbackDelay(),
                t.sendHold());
    }

    static SessionTimers withSendHold(SessionTimers t, Duration sendHold) {
        return new SessionTimers(t.holdTimeSeconds(), t.openHoldTime(), t.connectRetry(), t.connectRetryMax(),
                t.fallbackDelay(), sendHold);
    }

    /** What a calico-node sends for IPv4. */
    static Open calicoOpen(int identifier) {
        return open(240, identifier, calicoCapabilities());
    }

    /** The same from a speaker that does not know graceful restart. */
    static Open openWithoutGracefulRestart(int identifier) {
        List<Capability> capabilities = new ArrayList<>(calicoCapabilities());
        capabilities.removeIf(Capability.GracefulRestart.class::isInstance);
        return open(240, identifier, capabilities);
    }

    static Open open(int holdTimeSeconds, int identifier, List<Capability> capabilities) {
        return new Open(4, (int) AS, holdTimeSeconds, identifier, capabilities);
    }

    static List<Capability> calicoCapabilities() {
        return List.of(new Capability.Multiprotocol(1, 1), new Capability.RouteRefreshCapability(),
                new Capability.GracefulRestart(false, false, 120,
                        List.of(new Capability.GracefulRestart.RestartTuple(1, 1, false))),
                new Capability.FourOctetAs(AS),
                new Capability.AddPath(List.of(new Capability.AddPath.PathTuple(1, 1, true, true))),
                new Capability.EnhancedRouteRefresh(), new Capability.LongLivedGracefulRestart(List.of()));
    }
}
