package io.tapetum.load.verify;

import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/** How many routes are missing in some views. Belongs to the event loop. */
public final class Tally {

    private long missing;
    private @Nullable Arrivals arrivals;
    private @Nullable LongConsumer converged;

    /** Routes that are not right, over all views. */
    public long missing() {
        return missing;
    }

    /** Who is told of every arrival from now on. */
    public void setArrivals(@Nullable Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** Who is told, once, when nothing is missing any more: with the time in nanoseconds. Not if nothing is now. */
    public void whenConverged(@Nullable LongConsumer listener) {
        converged = listener;
    }

    void add(long more) {
        missing += more;
    }

    /** Routes became right: one for each bit, from {@code base} on. */
    void arrived(int base, long bits, long nowNanos) {
        missing -= Long.bitCount(bits);
        if (arrivals != null) {
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                arrivals.arrived(base + Long.numberOfTrailingZeros(rest), nowNanos);
            }
        }
        if (missing == 0 && converged != null) {
            LongConsumer listener = converged;
            converged = null;
            listener.accept(nowNanos);
        }
    }
}
