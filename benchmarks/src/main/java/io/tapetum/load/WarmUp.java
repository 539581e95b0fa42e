package io.tapetum.load;

import java.time.Duration;

import io.tapetum.load.client.Fleet;
import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.relay.Reflection;
import io.tapetum.load.relay.Relay;
import io.tapetum.load.route.RouteBooks;

/**
 * Lets the load generator work against a relay of its own until the compiler is done with it: else the first reflector
 * would be measured with a slower one than the second.
 */
final class WarmUp {

    private static final int NODES = 60;
    private static final Duration DURATION = Duration.ofSeconds(2);

    private WarmUp() {}

    static void run() throws LoadFailedException {
        try (Relay relay = new Relay(0, Reflection::right);
                Fleet fleet = new Fleet(relay.address(), RouteBooks.calico(NODES, 4, 10), NODES,
                        Duration.ofSeconds(30))) {
            fleet.connect();
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < DURATION.toNanos()) {
                fleet.announce();
                fleet.renew();
            }
        }
    }
}
