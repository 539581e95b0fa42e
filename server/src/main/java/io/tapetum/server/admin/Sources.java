package io.tapetum.server.admin;

import java.util.List;

import io.tapetum.server.source.SourceStatus;

/** Sources of peers, as they are sent. */
record Sources(List<SourceStatus> sources) {

    Sources {
        sources = List.copyOf(sources);
    }
}
