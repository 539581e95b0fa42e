package io.tapetum.server.admin;

import java.util.List;
import java.util.stream.IntStream;

import io.tapetum.server.StubReflector;
import io.tapetum.server.inquiry.Route;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** More routes than fit into all buffers between two sockets. */
final class LargeTable {

    static final int ROUTES = 60_000;

    /** How often the reflector is asked for a part of it. */
    static final int PAGES = ROUTES / 500;

    private LargeTable() {}

    static List<Route> routes() {
        return IntStream.range(0, ROUTES).mapToObj(number -> new Route(
                new Prefix(Family.IPV4_UNICAST, (0x0A000000L + number) << 32, 0, 32),
                StubReflector.EXPLANATION.paths())).toList();
    }
}
