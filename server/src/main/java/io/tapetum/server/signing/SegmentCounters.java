package io.tapetum.server.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kernel's counters of TCP segments that it dropped because of their signature. They count for the whole network
 * namespace, whoever's socket it was, and do not say from where the segments came.
 *
 * @param wrong {@code TCPMD5Failure}: signed with another key
 * @param missing {@code TCPMD5NotFound}: unsigned, but there is a key for where they came from
 * @param unexpected {@code TCPMD5Unexpected}: signed, but there is no key for where they came from
 */
record SegmentCounters(long wrong, long missing, long unexpected) {

    private static final Path FILE = Path.of("/proc/thread-self/net/netstat");
    private static final String TABLE = "TcpExt:";

    /** What they are now; empty where there is no Linux. */
    static Optional<SegmentCounters> read() {
        try {
            return parse(Files.readAllLines(FILE));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Two lines for each table: names, and values in the same order. */
    static Optional<SegmentCounters> parse(List<String> lines) {
        List<String[]> table = lines.stream().filter(line -> line.startsWith(TABLE)).map(line -> line.split(" ", -1))
                .toList();
        if (table.size() != 2 || table.getFirst().length != table.getLast().length) {
            return Optional.empty();
        }
        Map<String, Long> values = new TreeMap<>();
        for (int i = 1; i < table.getFirst().length; i++) {
            try {
                values.put(table.getFirst()[i], Long.parseLong(table.getLast()[i]));
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        }
        return Optional.of(new SegmentCounters(values.getOrDefault("TCPMD5Failure", 0L),
                values.getOrDefault("TCPMD5NotFound", 0L), values.getOrDefault("TCPMD5Unexpected", 0L)));
    }

    /** How many there were since then. */
    SegmentCounters since(SegmentCounters before) {
        return new SegmentCounters(wrong - before.wrong, missing - before.missing, unexpected - before.unexpected);
    }
}
