package io.tapetum.core.session;

import java.time.Duration;

/**
 * The paths of a family that are kept of a lost session.
 *
 * @param longLived whether the restart time is over, and they are the last resort (RFC 9494)
 * @param paths how many there were when the session was lost; by now the peer may have announced some anew
 * @param since how long ago that was
 */
public record HeldPaths(boolean longLived, int paths, Duration since) {}
