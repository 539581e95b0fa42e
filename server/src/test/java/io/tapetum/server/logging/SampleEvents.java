package io.tapetum.server.logging;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.message.Open;

/** What a reflector may report. */
final class SampleEvents {

    private SampleEvents() {}

    /** A client without a name of its own. */
    static PeerSettings peer(String address) {
        return peer(address, address, "");
    }

    static PeerSettings peer(String address, String name, String group) {
        SessionTimers timers = new SessionTimers(90, Duration.ofMinutes(4), Duration.ofSeconds(5),
                Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ZERO);
        PeerTemplate template = new PeerTemplate(group, 64512, 64512, PeerRole.CLIENT, 1, true,
                Set.of(Family.values()), ConnectMode.PASSIVE, 64, true, true, 0, false, 120, 3600, timers, Map.of(),
                new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false, 100, true), Protection.NONE);
        return new PeerSettings(name, InetAddress.ofLiteral(address), null, 179, template);
    }

    static ReflectorEvent.PeerUp up(String peer) {
        return new ReflectorEvent.PeerUp(peer(peer), negotiated());
    }

    static ReflectorEvent.PeerDown down(String peer, DownReason reason) {
        return new ReflectorEvent.PeerDown(peer(peer), reason, Duration.ofMinutes(7));
    }

    static ReflectorEvent.ConnectionFailed failed(String peer, String reason) {
        return new ReflectorEvent.ConnectionFailed(peer(peer), reason);
    }

    static ReflectorEvent.MalformedUpdate malformed(String peer) {
        return new ReflectorEvent.MalformedUpdate(peer(peer), errors());
    }

    /** One of each. */
    static List<ReflectorEvent> all() {
        PeerSettings peer = peer("10.0.0.2", "spine-1", "spines");
        return List.of(new ReflectorEvent.StateChanged(peer, SessionState.IDLE, SessionState.ACTIVE),
                new ReflectorEvent.PeerUp(peer, negotiated()),
                new ReflectorEvent.PeerDown(peer, new DownReason.ConnectionLost(), Duration.ofMinutes(7)),
                new ReflectorEvent.ConnectionFailed(peer, "nobody answers"),
                new ReflectorEvent.TableSent(peer, Family.IPV6_UNICAST),
                new ReflectorEvent.MalformedUpdate(peer, errors()),
                new ReflectorEvent.FamilyDisabled(peer, Family.IPV4_UNICAST, errors()),
                new ReflectorEvent.MaximumPrefixesReached(peer, Family.IPV4_UNICAST, 80,
                        new MaximumPrefixes(100, 80, MaximumPrefixes.Action.RESTART, Duration.ofMinutes(5))),
                new ReflectorEvent.ConnectionRefused(InetAddress.ofLiteral("192.0.2.1"), new Refusal.UnknownSource()));
    }

    @SuppressWarnings("NullAway") // which does not see that the last components of the compiled record may be null
    private static Negotiated negotiated() {
        return new Negotiated(new Open(4, 64512, 90, 0x0A000002, List.of()), 64512, 0x0A000002, true, 90, 30,
                Set.of(Family.values()), true, Set.of(), Set.of(), true, true, true, false, null, null);
    }

    private static List<AttributeError> errors() {
        return List.of(new AttributeError(1, AttributeError.Outcome.TREAT_AS_WITHDRAW, "ORIGIN is 7"));
    }
}
