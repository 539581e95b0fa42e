package io.tapetum.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.RestartProgress;
import io.tapetum.server.health.Check;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.wire.Family;

/**
 * The reflector as a whole, as it is sent.
 *
 * @param version of the program
 * @param routerId its BGP Identifier, dotted
 * @param started when it started
 * @param configured when its configuration last changed
 * @param restart how far its restart has come, or {@code null} once peers are told the end of their tables
 * @param ready whether peers may rely on it
 * @param readiness what that depends on
 */
public record ReflectorState(String version, String routerId, Instant started, Instant configured,
        @Nullable RestartProgress restart, boolean ready, List<Check> readiness, Totals totals) {

    public ReflectorState {
        readiness = List.copyOf(readiness);
    }

    /**
     * How much there is of everything.
     *
     * @param sessions those included that are not up
     * @param established those that are up
     * @param states how many sessions are in each state; a state that no session is in is not there
     * @param groups update groups
     * @param tables routes, by family
     * @param attributeSets different sets of path attributes that are remembered
     */
    public record Totals(int sessions, int established, Map<String, Integer> states, int groups,
            Map<Family, TableStatus.Size> tables, int attributeSets) {

        public Totals {
            states = Map.copyOf(states);
            tables = Map.copyOf(tables);
        }
    }
}
