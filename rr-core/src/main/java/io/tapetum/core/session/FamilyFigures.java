package io.tapetum.core.session;

import java.time.Duration;

/**
 * How an Established session is doing with one family.
 *
 * @param group the number of its update group
 * @param lagOctets about how many octets of the group's log it has not been handed yet
 * @param lag for how long it has not had everything; zero if it has
 * @param endOfRibReceived whether the peer has sent all it had (RFC 4724 §2)
 * @param endOfRibSent whether the peer has been sent all there was
 */
public record FamilyFigures(int group, long lagOctets, Duration lag, boolean endOfRibReceived, boolean endOfRibSent) {}
