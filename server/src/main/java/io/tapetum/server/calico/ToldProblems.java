package io.tapetum.server.calico;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.journal.EventKind;

/** Logs each problem once when it appears, and once when it is gone. Confined to the thread of its owner. */
public final class ToldProblems {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    private final String datastore;
    private Set<String> told = Set.of();

    /** @param datastore whose problems they are, for operators */
    public ToldProblems(String datastore) {
        this.datastore = datastore;
    }

    /** These are the problems now. */
    public void tell(List<String> problems) {
        Set<String> now = new LinkedHashSet<>(problems);
        for (String problem : now) {
            if (!told.contains(problem)) {
                LOG.atWarn().addKeyValue(EventKind.KEY, EventKind.DATASTORE).addKeyValue("datastore", datastore)
                        .log("{}: {}", datastore, problem);
            }
        }
        for (String problem : told) {
            if (!now.contains(problem)) {
                LOG.atInfo().addKeyValue(EventKind.KEY, EventKind.DATASTORE).addKeyValue("datastore", datastore)
                        .log("{}: no longer so: {}", datastore, problem);
            }
        }
        told = now;
    }
}
