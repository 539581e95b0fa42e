package io.tapetum.core.session;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.GracefulRestart.RestartTuple;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart.StaleTuple;

/**
 * What a session's two restart capabilities say about a family (RFC 4724 §3, RFC 9494 §3.1). A family that is named twice
 * means what is said last.
 *
 * @param restartTuple of graceful restart, if it names the family
 * @param staleTuple of long-lived graceful restart, if it names the family
 * @param restartSeconds 0 if the family is not covered
 */
record RestartTerms(@Nullable RestartTuple restartTuple, @Nullable StaleTuple staleTuple, int restartSeconds) {

    static RestartTerms of(Negotiated agreed, Family family) {
        GracefulRestart restart = agreed.gracefulRestart();
        LongLivedGracefulRestart longLived = agreed.longLivedGracefulRestart();
        if (restart == null || !agreed.families().contains(family)) {
            return new RestartTerms(null, null, 0);
        }
        RestartTuple restartTuple = last(restart.tuples().stream()
                .filter(tuple -> tuple.afi() == family.afi() && tuple.safi() == family.safi()).toList());
        StaleTuple staleTuple = longLived == null
                ? null
                : last(longLived.tuples().stream()
                        .filter(tuple -> tuple.afi() == family.afi() && tuple.safi() == family.safi()).toList());
        return new RestartTerms(restartTuple, staleTuple, restartTuple == null ? 0 : restart.restartTimeSeconds());
    }

    private static <T> @Nullable T last(List<T> tuples) {
        return tuples.isEmpty() ? null : tuples.getLast();
    }

    /** How long paths are kept beyond the restart time; 0 not to. */
    int staleSeconds() {
        return staleTuple == null ? 0 : staleTuple.staleTimeSeconds();
    }

    /** Whether anything is kept of a session that ends so. */
    boolean keepsAfter(DownReason reason) {
        return reason.allowsGracefulRestart()
                ? restartSeconds > 0 || staleSeconds() > 0
                : reason.allowsLongLivedGracefulRestart() && staleSeconds() > 0;
    }

    /** Whether a peer that is back has kept the forwarding state that it had when its paths were kept. */
    boolean forwards(boolean longLived) {
        return longLived
                ? staleTuple != null && staleTuple.forwarding()
                : restartTuple != null && restartTuple.forwarding();
    }
}
