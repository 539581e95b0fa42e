package io.tapetum.rib;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/** The decision process as RFC 4271 §9.1.2.2 tells it: start with all paths, and remove losers rule by rule. */
final class NaiveDecision {

    private NaiveDecision() {}

    static @Nullable Path best(List<Path> paths) {
        List<Path> left = new ArrayList<>(paths);
        keepLeast(left, path -> path.attributes().has(PathAttributes.LLGR_STALE) ? 1 : 0);
        keepLeast(left, path -> -path.attributes().localPref());
        keepLeast(left, path -> path.attributes().asPathLength());
        keepLeast(left, path -> path.attributes().origin());
        List<Path> beforeMed = List.copyOf(left);
        left.removeIf(path -> beforeMed.stream()
                .anyMatch(other -> other.attributes().neighborAs() == path.attributes().neighborAs()
                        && other.attributes().med() < path.attributes().med()));
        keepLeast(left, path -> path.source().kind() == RouteSource.Kind.EXTERNAL ? 0 : 1);
        keepLeast(left, path -> Integer.toUnsignedLong(path.attributes().has(PathAttributes.HAS_ORIGINATOR_ID)
                ? path.attributes().originatorId()
                : path.source().bgpIdentifier()));
        keepLeast(left, path -> path.attributes().clusterListLength());
        if (left.isEmpty()) {
            return null;
        }
        BigInteger lowest = left.stream().map(NaiveDecision::address).min(BigInteger::compareTo).orElseThrow();
        left.removeIf(path -> !address(path).equals(lowest));
        keepLeast(left, path -> Integer.toUnsignedLong(path.pathId()));
        keepLeast(left, path -> path.source().peerId());
        return left.get(0);
    }

    private static BigInteger address(Path path) {
        return new BigInteger(Long.toUnsignedString(path.source().addressHigh())).shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(path.source().addressLow())));
    }

    private static void keepLeast(List<Path> paths, ToLongFunction<Path> value) {
        long least = paths.stream().mapToLong(value).min().orElse(0);
        paths.removeIf(path -> value.applyAsLong(path) != least);
    }
}
