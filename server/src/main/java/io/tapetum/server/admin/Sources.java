package io.tapetum.server.admin;

import java.util.List;

import io.tapetum.server.source.SourceStatus;

/** Sources of peers, as they are sent. */
public record Sources(List<SourceStatus> sources) {

    public Sources {
        sources = List.copyOf(sources);
    }
}
