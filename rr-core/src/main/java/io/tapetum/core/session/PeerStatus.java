package io.tapetum.core.session;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;

/**
 * A peer at one moment.
 *
 * @param peer who it is
 * @param state where its state machine stands
 * @param sinceState how long it has stood there
 * @param negotiated what the session agreed on, if it is Established
 * @param accepted paths accepted, by family
 * @param lastError why the last session or attempt ended, if one did
 */
public record PeerStatus(PeerSettings peer, SessionState state, Duration sinceState, @Nullable Negotiated negotiated,
        Map<Family, Integer> accepted, @Nullable String lastError) {

    public PeerStatus {
        accepted = Map.copyOf(accepted);
    }
}
