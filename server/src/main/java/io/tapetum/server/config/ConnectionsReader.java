package io.tapetum.server.config;

import java.time.Duration;

/** Reads how many connections are accepted. */
final class ConnectionsReader {

    private static final Kind<Integer> MAXIMUM = Kinds.integer(1, 1_000_000).or("auto", 0);
    private static final Kind<Integer> HALF_OPEN = Kinds.integer(1, 1_000_000);
    private static final Kind<Integer> PER_SOURCE = Kinds.integer(1, 1000);
    private static final Kind<Integer> RATE = Kinds.integer(1, 6000);
    private static final Kind<Duration> OPEN_TIME = Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1));

    private ConnectionsReader() {}

    static ConnectionSettings read(Section root) {
        Section connections = root.section("connections");
        connections.refuseKeysOtherThan(Schema.CONNECTIONS);
        return new ConnectionSettings(connections.get("maximum", MAXIMUM), connections.get("half-open", HALF_OPEN),
                connections.get("per-source", PER_SOURCE), connections.get("rate", RATE),
                connections.get("open-time", OPEN_TIME));
    }
}
