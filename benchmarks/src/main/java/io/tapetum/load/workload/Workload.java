package io.tapetum.load.workload;

import java.util.List;

import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;

/** Something that clients do to a reflector, and that is measured. */
public sealed interface Workload permits Calico, FullTable, Churn, ColdPeer, RestartStorm, SlowPeer {

    /** How many clients there are. */
    int clients();

    /** How many clients there are besides, at most, at any time or one after the other. */
    default int guests() {
        return 0;
    }

    /** Whether a reflector has to remember routes for this; a relay does not. */
    boolean needsMemory();

    /** What there is to announce: a new book at every call. */
    RouteBook book();

    /** Does it once, adding every sample as soon as there is one. */
    void run(Scene scene, List<Sample> samples) throws LoadFailedException, InterruptedException;

    /** The workload with its parameters, as on the command line. */
    @Override
    String toString();
}
