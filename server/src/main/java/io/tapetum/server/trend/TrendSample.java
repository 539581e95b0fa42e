package io.tapetum.server.trend;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An interval. The times are from the receipt of a change until it has been taken for the last of the peers that keep up;
 * each is rounded up to the bound of its bucket in the histogram, and is {@code null} if nothing changed.
 *
 * @param time its end
 * @param updatesPerSecond how many UPDATEs were received, on average
 * @param convergenceP50 within which half of the changes were everywhere
 * @param convergenceP99 within which 99 of 100 were
 * @param convergenceMax within which all of them were
 * @param sessionsEstablished how many sessions were up at its end
 * @param sessionLosses how many sessions that were up have ended
 */
public record TrendSample(Instant time, double updatesPerSecond, @Nullable Duration convergenceP50,
        @Nullable Duration convergenceP99, @Nullable Duration convergenceMax, int sessionsEstablished,
        long sessionLosses) {}
