package io.tapetum.core.simulation;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

import io.tapetum.core.fsm.StopReason;
import io.tapetum.rib.AttributeTable;
import io.tapetum.wire.Family;
import io.tapetum.wire.update.UpdateContext;

/**
 * One run: a topology comes up, is shaken several times, and is looked at whenever it has come to rest; at last
 * everybody leaves. The same seed gives the same run, event by event.
 */
final class Simulation {

    /** Silence for so long means that nothing moves any more. */
    private static final long QUIET = 1500 * VirtualTime.MILLI;
    private static final long PATIENCE = 400 * VirtualTime.SECOND;

    private final long seed;
    private final RunSettings settings;
    private final World world;
    private final Topology topology;
    private final Operations operations;
    private final Inspection inspection;
    private final RandomGenerator random;

    Simulation(long seed) {
        this.seed = seed;
        SplittableGenerator root = new SplittableRandom(seed);
        this.settings = RunSettings.draw(root);
        this.world = new World(root.split(), quality(root), from -> new Announcements(from,
                UpdateContext.internal(settings.as(), Set.of(Family.IPV4_UNICAST)), settings.externalAs(),
                RunSettings.EXTERNAL_LOCAL_PREF, new AttributeTable()));
        this.topology = new Topology(world, settings);
        this.operations = new Operations(world, topology);
        this.inspection = new Inspection(world, topology);
        this.random = root.split();
    }

    private static Network.Quality quality(RandomGenerator random) {
        boolean narrow = random.nextInt(3) == 0;
        int high = narrow ? 100 + random.nextInt(3000) : 64 << 10;
        long maxDelay = random.nextInt(4) == 0 ? 100 * VirtualTime.MILLI : 3 * VirtualTime.MILLI;
        return new Network.Quality(VirtualTime.MILLI / 10, maxDelay,
                narrow ? 30 + random.nextInt(3000) : 256 << 10, high / 2, high,
                random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 64 << 10, random.nextBoolean());
    }

    /** Runs to the end. */
    void run() {
        try {
            rise();
            for (int i = 0; i < settings.bursts(); i++) {
                shake();
                boolean repair = random.nextInt(3) > 0;
                if (repair) {
                    operations.repairAll();
                }
                rest();
                inspection.inspect(operations.isWhole());
            }
            operations.repairAll();
            rest();
            inspection.inspect(true);
            fall();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("Seed " + seed + " fails: " + e.getMessage() + "\n" + topology + world.history()
                    + "Again: mvn -pl rr-core test -Dtest=SimulationTest -Dtapetum.simulation.seed=" + seed, e);
        }
    }

    /** The same for every run of the same seed. */
    long fingerprint() {
        return world.history().fingerprint() * 31 + world.time().processed();
    }

    private void rise() {
        for (Speaker speaker : topology.speakers()) {
            if (random.nextBoolean()) {
                operations.announce(speaker);
            }
        }
        long spread = VirtualTime.SECOND;
        topology.reflectors()
                .forEach(reflector -> world.time().after(random.nextLong(spread), reflector::start));
        topology.speakers().forEach(speaker -> world.time().after(random.nextLong(spread), speaker::start));
        world.time().runUntil(spread);
        if (random.nextBoolean()) {
            rest();
            inspection.inspect(true);
        }
    }

    private void shake() {
        int steps = 1 + random.nextInt(random.nextBoolean() ? 8 : 40);
        long pause = random.nextBoolean() ? VirtualTime.MILLI : 200 * VirtualTime.MILLI;
        for (int i = 0; i < steps; i++) {
            operations.step();
            if (random.nextBoolean()) {
                world.time().runUntil(world.time().now() + random.nextLong(pause));
            }
        }
    }

    /** Waits until every session is as it should be and no route moves. */
    private void rest() {
        operations.hurryAll();
        VirtualTime time = world.time();
        long deadline = time.now() + PATIENCE;
        long settledAt = Long.MAX_VALUE;
        while (true) {
            time.runUntil(time.now() + QUIET / 3);
            if (!isSettled()) {
                settledAt = Long.MAX_VALUE;
            } else if (settledAt == Long.MAX_VALUE) {
                settledAt = time.now();
            }
            if (settledAt != Long.MAX_VALUE && time.now() - Math.max(settledAt, world.lastMoveAt()) > QUIET) {
                break;
            }
            if (time.now() > deadline) {
                throw world.failure("no rest after %d s; unsettled: %s", PATIENCE / VirtualTime.SECOND, unsettled());
            }
        }
        topology.reflectors().forEach(ReflectorNode::excuseNobody);
    }

    private boolean isSettled() {
        if (!world.network().isIdle()) {
            return false;
        }
        if (topology.reflectors().stream().anyMatch(node -> node.isRunning() && node.isBlurred())) {
            return false;
        }
        for (Adjacency adjacency : topology.adjacencies()) {
            if (!adjacency.isSettled(world.network())) {
                return false;
            }
        }
        return true;
    }

    private List<Adjacency> unsettled() {
        return topology.adjacencies().stream().filter(adjacency -> !adjacency.isSettled(world.network())).toList();
    }

    /** Everybody leaves, the reflectors last or first. */
    private void fall() {
        boolean reflectorsFirst = random.nextBoolean();
        if (reflectorsFirst) {
            stopReflectors();
        }
        for (Speaker speaker : topology.speakers()) {
            topology.reflectors().forEach(reflector -> {
                if (reflector.hasPeer(speaker)) {
                    reflector.excuse(speaker);
                }
            });
            speaker.stop();
        }
        settleDown();
        if (!reflectorsFirst) {
            inspection.inspectEmpty();
            stopReflectors();
        }
        settleDown();
        inspection.inspectEmpty();
        if (world.network().unreleased() > 0) {
            throw world.failure("%d buffers were never released", world.network().unreleased());
        }
    }

    /** Waits until no route moves, whatever becomes of the sessions. */
    private void settleDown() {
        long deadline = world.time().now() + PATIENCE;
        do {
            world.time().runUntil(world.time().now() + 2 * VirtualTime.SECOND);
        } while (world.time().now() < deadline
                && (!world.network().isIdle() || world.time().now() - world.lastMoveAt() < QUIET));
    }

    private void stopReflectors() {
        for (ReflectorNode reflector : topology.reflectors()) {
            if (reflector.isRunning()) {
                reflector.drain(new StopReason.Shutdown("the end"));
            }
        }
    }
}
