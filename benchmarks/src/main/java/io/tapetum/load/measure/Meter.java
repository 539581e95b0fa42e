package io.tapetum.load.measure;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;

/** Measures what the processes spend between {@link #start} and {@link #stop}. For one thread. */
public final class Meter {

    private static final double NANOS = 1e9;
    private static final double KIB_PER_MIB = 1024;
    /** Others may spend this share of a stretch, and ... */
    private static final double TOLERATED_SHARE = 0.15;
    /** ... this much in any case: the kernel counts in steps of 10 ms, for every process. */
    private static final double TOLERATED_SECONDS = 0.06;

    private final Optional<ProcessTree> daemon;
    /** Of this process alone: the reflector may be a child of it. */
    private final OperatingSystemMXBean generator = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private Reading begun = new Reading(0, 0, 0, 0, 0);

    private record Reading(long nanos, double daemon, double generator, double machine, long loopNanos) {}

    /**
     * A meter that has not been started.
     *
     * @param daemon the reflector, if it is known which process that is
     */
    public Meter(Optional<ProcessTree> daemon) {
        this.daemon = daemon;
    }

    /**
     * Begins a stretch.
     *
     * @param loop CPU time of the event loop so far, in nanoseconds
     */
    public void start(LongSupplier loop) {
        begun = read(loop);
    }

    /** Ends the stretch. */
    public Usage stop(LongSupplier loop) {
        Reading ended = read(loop);
        double seconds = (ended.nanos - begun.nanos) / NANOS;
        double own = ended.generator - begun.generator;
        double reflector = ended.daemon - begun.daemon;
        // Without a process to ask, the reflector is one of the others, and nobody can tell who disturbs.
        double others = Math.max(0, ended.machine - begun.machine - own - (daemon.isPresent() ? reflector : 0));
        boolean disturbed = daemon.isPresent() && others > TOLERATED_SECONDS + TOLERATED_SHARE * seconds;
        return new Usage(reflector, residentMib(), daemon.map(tree -> tree.peakKib() / KIB_PER_MIB).orElse(Double.NaN),
                own, (ended.loopNanos - begun.loopNanos) / NANOS / seconds, others, disturbed);
    }

    /** Resident memory of the reflector now; NaN if it is not known. */
    public double residentMib() {
        return daemon.map(tree -> tree.residentKib() / KIB_PER_MIB).orElse(Double.NaN);
    }

    private Reading read(LongSupplier loop) {
        return new Reading(System.nanoTime(), daemon.map(ProcessTree::cpuSeconds).orElse(Double.NaN),
                generator.getProcessCpuTime() / NANOS, ProcessTree.machineCpuSeconds(), loop.getAsLong());
    }
}
