package io.tapetum.server.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The kernel's memory for options of one socket, out of which it takes what it keeps of each key. */
final class OptionMemory {

    /** The setting that limits it. */
    static final String SYSCTL = "net.core.optmem_max";

    private static final Path FILE = Path.of("/proc/sys/net/core/optmem_max");

    private OptionMemory() {}

    /** What to do if only so many keys fit on a listener, and these many do not. */
    static String advice(int fitting, int refused) {
        OptionalLong limit = limit();
        String now = limit.isPresent() ? " (now " + limit.getAsLong() + ")" : "";
        String enough = limit.isPresent() && fitting > 0
                ? Long.toString(enough(limit.getAsLong(), fitting, fitting + refused))
                : "…";
        return "the kernel has room for " + fitting + " TCP-MD5 keys on one listener, but " + (fitting + refused)
                + " are needed; " + refused + " peers or ranges cannot connect. Raise " + SYSCTL + now + ": sysctl -w "
                + SYSCTL + "=" + enough
                + " takes effect without a restart. Or give peers that lie in one prefix the same"
                + " key, which takes the room of one";
    }

    /** A limit with a little to spare, as a power of two. */
    private static long enough(long limit, int fitting, int wanted) {
        long octets = Math.ceilDiv(limit, fitting) * wanted;
        return Long.highestOneBit(Math.max(1, octets * 5 / 4 - 1)) << 1;
    }

    static OptionalLong limit() {
        // Of such a file only the first read gets anything, so it has to be long enough.
        try (InputStream file = Files.newInputStream(FILE)) {
            return OptionalLong.of(Long.parseLong(new String(file.readNBytes(64), US_ASCII).strip()));
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty(); // an old kernel shows it to the host's own namespace only
        }
    }
}
