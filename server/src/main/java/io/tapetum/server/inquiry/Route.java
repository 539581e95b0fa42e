package io.tapetum.server.inquiry;

import java.util.List;

import io.tapetum.wire.nlri.Prefix;

/**
 * A prefix and paths to it.
 *
 * @param paths best first
 */
public record Route(Prefix prefix, List<RoutePath> paths) {

    public Route {
        paths = List.copyOf(paths);
    }
}
