package io.tapetum.core.session;

import java.time.Duration;

/**
 * How far the reflector is with its own restart, while it holds back End-of-RIB (RFC 4724 §4.1).
 *
 * @param waitingFor how many peers, of those given one by one, have not sent all they have
 * @param left how long they will be waited for at most; never negative
 * @param limit how long that was at the start
 */
public record RestartProgress(int waitingFor, Duration left, Duration limit) {}
