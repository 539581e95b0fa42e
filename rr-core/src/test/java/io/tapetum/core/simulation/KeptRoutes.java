package io.tapetum.core.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.DownReason;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.capability.Capabilities;
import io.tapetum.wire.capability.Capability;

/**
 * What a reflector must keep of a member whose session was lost, and until when (RFC 4724 §4.2, RFC 9494 §4.2), family by
 * family. Told of the routes that were there when a session was lost, of sessions that begin, and of End-of-RIBs.
 */
final class KeptRoutes {

    /** A moment so close to a deadline that it is not clear on which side of it a reflector is. */
    private static final long BLUR = VirtualTime.SECOND / 5;

    private static final long NEVER = Long.MAX_VALUE;

    /** A route and the session of the member that it is from. */
    record Route(Announcements.Received received, int session) {}

    private static final class KeptFamily {
        final Map<Prefix, Route> routes = new HashMap<>();
        /** When the restart time is over. */
        long staleAt;
        /** When the stale time is over. */
        long goneAt;
        int lastSession;
    }

    private final VirtualTime time;
    private final Map<Family, KeptFamily> families = new EnumMap<>(Family.class);

    KeptRoutes(VirtualTime time) {
        this.time = time;
    }

    /** The stale route of a prefix that is kept now. */
    Announcements.@Nullable Received stale(Prefix prefix) {
        KeptFamily kept = families.get(prefix.family());
        if (kept == null || time.now() < kept.staleAt || time.now() >= kept.goneAt) {
            return null;
        }
        Route route = kept.routes.get(prefix);
        return route == null || forbidden(route) ? null : route.received();
    }

    private static boolean forbidden(Route route) {
        return route.received().announcement().attributes().has(PathAttributes.NO_LLGR);
    }

    boolean any() {
        return !families.isEmpty();
    }

    /** Whether something is just about to happen, or has just happened. */
    boolean isBlurred() {
        return families.values().stream()
                .anyMatch(kept -> Math.abs(time.now() - kept.staleAt) < BLUR
                        || Math.abs(time.now() - kept.goneAt) < BLUR || time.now() < kept.staleAt);
    }

    /** The member's session was lost while these routes of it and of earlier sessions were there. */
    void lost(DownReason reason, Capabilities capabilities, boolean announcedByUs, Set<Family> negotiated,
            Map<Prefix, Route> present) {
        for (Family family : Family.values()) {
            long stale = announcedByUs && negotiated.contains(family)
                    ? capabilities.longLivedGracefulRestart(family)
                            .map(Capability.LongLivedGracefulRestart.StaleTuple::staleTimeSeconds).orElse(0)
                    : 0;
            long restart = negotiated.contains(family) && capabilities.gracefulRestart(family).isPresent()
                    ? capabilities.gracefulRestart().map(Capability.GracefulRestart::restartTimeSeconds).orElse(0)
                    : 0;
            boolean keeps = switch (reason) {
                case DownReason.ConnectionLost _,DownReason.ReplacedByNewConnection _ -> restart + stale > 0;
                case DownReason.HoldTimerExpired _ -> stale > 0;
                default -> false;
            };
            KeptFamily before = families.remove(family);
            if (!keeps) {
                continue;
            }
            KeptFamily kept = new KeptFamily();
            long now = time.now();
            if (before != null && now >= before.staleAt && now < before.goneAt) {
                // Long-lived stale already: the time goes on, and what is new is not kept for longer.
                kept.staleAt = before.staleAt;
                kept.goneAt = before.goneAt;
                add(kept, family, present, Integer.MIN_VALUE);
            } else {
                kept.staleAt = now + restart * VirtualTime.SECOND;
                kept.goneAt = kept.staleAt + stale * VirtualTime.SECOND;
                add(kept, family, present, before == null ? Integer.MIN_VALUE : before.lastSession);
            }
            families.put(family, kept);
        }
    }

    private static void add(KeptFamily kept, Family family, Map<Prefix, Route> present, int afterSession) {
        present.forEach((prefix, route) -> {
            if (prefix.family() == family) {
                kept.lastSession = Math.max(kept.lastSession, route.session());
                if (route.session() > afterSession) {
                    kept.routes.put(prefix, route);
                }
            }
        });
    }

    /** The member is back. */
    void sessionBegan(Capabilities capabilities) {
        long now = time.now();
        families.entrySet().removeIf(entry -> {
            KeptFamily kept = entry.getValue();
            boolean forwards = now >= kept.staleAt
                    ? capabilities.longLivedGracefulRestart(entry.getKey())
                            .filter(Capability.LongLivedGracefulRestart.StaleTuple::forwarding).isPresent()
                    : capabilities.gracefulRestart(entry.getKey())
                            .filter(Capability.GracefulRestart.RestartTuple::forwarding).isPresent();
            boolean stays = forwards && now < kept.goneAt;
            if (now < kept.staleAt) {
                kept.staleAt = NEVER; // the restart time has been kept
                kept.goneAt = NEVER;
            }
            return !stays;
        });
    }

    /** The member has announced all that it has. */
    void endOfRib(Family family) {
        families.remove(family);
    }
}
