package io.tapetum.core.session;

import java.time.Duration;

import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.core.settings.PeerSettings;

/**
 * An announcement of some prefix that may not be used.
 *
 * @param peer who announced it
 * @param pathId the identifier that the peer gave it; 0 from a peer that gives none
 * @param age how long ago it came last
 */
public record RefusedAnnouncement(PeerSettings peer, int pathId, ImportRefusal refusal, Duration age) {}
