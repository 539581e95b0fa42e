package io.tapetum.core.session;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.wire.Family;

/**
 * A peer's limits on accepted paths, and of which of them operators have been told. Confined to the peer's event loop;
 * asked after every UPDATE, allocates nothing.
 */
final class PrefixLimits {

    private final EnumMap<Family, MaximumPrefixes> limits = new EnumMap<>(Family.class);
    private final Set<Family> toldNear = EnumSet.noneOf(Family.class);
    private final Set<Family> toldBeyond = EnumSet.noneOf(Family.class);

    PrefixLimits(Map<Family, MaximumPrefixes> limits) {
        this.limits.putAll(limits);
    }

    /** Whether no count can ever matter. */
    boolean areNone() {
        return limits.isEmpty();
    }

    /** The family's limit, or {@code null} if it has none. */
    @Nullable
    MaximumPrefixes of(Family family) {
        return limits.get(family);
    }

    /**
     * Whether operators are to be told now: once each time the warning level is reached from below, and of a limit that
     * only warns once more when it is passed.
     */
    boolean reachesWarning(Family family, int paths) {
        MaximumPrefixes limit = of(family);
        if (limit == null || (long) paths * 100 < (long) limit.limit() * limit.warnPercent()) {
            toldNear.remove(family);
            toldBeyond.remove(family);
            return false;
        }
        boolean news = toldNear.add(family);
        boolean beyond = paths > limit.limit() && limit.action() == MaximumPrefixes.Action.WARN;
        return beyond ? toldBeyond.add(family) : news;
    }

    /** Whether the session must end: more paths than the limit, which a limit that only warns does not mind. */
    boolean forbids(Family family, int paths) {
        MaximumPrefixes limit = of(family);
        return limit != null && paths > limit.limit() && limit.action() != MaximumPrefixes.Action.WARN;
    }

    /** A session has ended: the next one's paths are counted from none. */
    void forget() {
        toldNear.clear();
        toldBeyond.clear();
    }
}
