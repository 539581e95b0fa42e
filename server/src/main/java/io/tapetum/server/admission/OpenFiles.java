package io.tapetum.server.admission;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/** How many files, sockets among them, this process may have open. */
public final class OpenFiles {

    /** For what is not a connection of a peer: libraries, listeners, event loops, datastores, the admin endpoint. */
    private static final int RESERVED = 256;

    private OpenFiles() {}

    /** How many connections there is room for; at least half of all files, where there are few. */
    public static int forConnections() {
        long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
        return forConnections(limit);
    }

    static int forConnections(long limit) {
        return Math.clamp(Math.max(limit - RESERVED, limit / 2), 1, Integer.MAX_VALUE);
    }
}
