package io.tapetum.server.logging;

import java.util.Optional;

/**
 * Keeps faults of the program from filling the log with their stack traces: somebody may know how to cause one over and
 * over. Two are the same if they were thrown at the same place. Whoever logs asks first, as with {@link RepeatedEvents}. All
 * methods may be called by any thread.
 */
public final class Defects {

    private static final int KINDS = 100;

    private final RepeatedEvents<String> repeated = new RepeatedEvents<>(RepeatedEvents.INTERVAL, KINDS);

    /** Counts a fault; says what to tell, if it is time to tell anything. */
    public Optional<RepeatedEvents.Times> happened(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        // The JVM leaves the trace out of what it has thrown very often.
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return repeated.happened(fault.getClass().getName() + place);
    }
}
