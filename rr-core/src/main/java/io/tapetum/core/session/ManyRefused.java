package io.tapetum.core.session;

import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.core.settings.PeerSettings;

/**
 * A session of which more announcements were refused than are remembered one by one.
 *
 * @param announcements how many were refused since the session began, of this family
 * @param last why the last one was
 */
public record ManyRefused(PeerSettings peer, long announcements, ImportRefusal last) {}
