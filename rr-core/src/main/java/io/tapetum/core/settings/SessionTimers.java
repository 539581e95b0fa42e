package io.tapetum.core.settings;

import java.time.Duration;

/**
 * The clocks of a session.
 *
 * @param holdTimeSeconds what is offered: 0 (no keepalives at all) or 3 to 65535 (RFC 4271 §4.2)
 * @param openHoldTime how long a peer may take to send its OPEN; RFC 4271 §8.2.2 suggests four minutes
 * @param connectRetry first wait after a connection that failed or was lost; doubles up to {@code connectRetryMax}
 * @param connectRetryMax longest such wait
 * @param fallbackDelay how long a peer in {@link ConnectMode#FALLBACK} is waited for
 * @param sendHold how long a peer may take nothing while there is something to send (RFC 9687); zero for the greater of
 *            eight minutes and twice the negotiated hold time
 */
public record SessionTimers(int holdTimeSeconds, Duration openHoldTime, Duration connectRetry,
        Duration connectRetryMax, Duration fallbackDelay, Duration sendHold) {}
