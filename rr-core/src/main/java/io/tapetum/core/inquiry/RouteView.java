package io.tapetum.core.inquiry;

import java.util.List;

import io.tapetum.core.reflection.GroupInsight;
import io.tapetum.rib.Path;
import io.tapetum.rib.PrefixPaths;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.log.PathTeller.ToldPath;

/** From whose point of view routes are read: which paths of each prefix are shown. */
public sealed interface RouteView {

    /** Whether a path from this source is of any interest; called under the lock of a stripe. */
    boolean wants(RouteSource source, boolean best);

    /** The paths that are shown, best first; none for a prefix that is not. */
    List<Path> shown(PrefixPaths route);

    /** All that is in the table. */
    record Table() implements RouteView {

        @Override
        public boolean wants(RouteSource source, boolean best) {
            return true;
        }

        @Override
        public List<Path> shown(PrefixPaths route) {
            return route.ranked();
        }
    }

    /** What a peer has announced and may be used. */
    record Received(int peerId) implements RouteView {

        @Override
        public boolean wants(RouteSource source, boolean best) {
            return source.peerId() == peerId;
        }

        @Override
        public List<Path> shown(PrefixPaths route) {
            return route.ranked().stream().filter(path -> path.source().peerId() == peerId).toList();
        }
    }

    /** The best paths that are a peer's. */
    record Best(int peerId) implements RouteView {

        @Override
        public boolean wants(RouteSource source, boolean best) {
            return best && source.peerId() == peerId;
        }

        @Override
        public List<Path> shown(PrefixPaths route) {
            return route.best().source().peerId() == peerId ? List.of(route.best()) : List.of();
        }
    }

    /**
     * What a peer is sent: what its update group is told of, less the peer's own.
     *
     * @param group of the peer's session
     */
    record Advertised(int peerId, GroupInsight group) implements RouteView {

        /** Of several paths of a prefix it may be sent one if none is the best, or the best is its own. */
        @Override
        public boolean wants(RouteSource source, boolean best) {
            return source.peerId() != peerId && (best || group.key().addPathSend() > 0);
        }

        @Override
        public List<Path> shown(PrefixPaths route) {
            long high = route.high();
            long low = route.low();
            int length = route.length();
            if (group.key().addPathSend() > 0) {
                return group.told(high, low, length).stream()
                        .filter(told -> told.path().source().peerId() != peerId
                                && group.announces(high, low, length, told.id()))
                        .map(ToldPath::path).toList();
            }
            Path best = route.best();
            // What is too long for a message is admitted, and yet not announced.
            boolean sent = best.source().peerId() != peerId && group.admits(best)
                    && group.announces(high, low, length, 0);
            return sent ? List.of(best) : List.of();
        }
    }
}
