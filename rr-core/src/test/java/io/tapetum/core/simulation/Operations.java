package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.core.fsm.StopReason;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.message.ErrorCode;

/** What is done to a network at random. Whatever is broken is repaired later, or by {@link #repairAll}. */
final class Operations {

    /** Something that is broken, and how it is repaired; repairing twice is allowed. */
    private static final class Damage {
        private final Runnable repair;
        private boolean repaired;

        Damage(Runnable repair) {
            this.repair = repair;
        }

        void repair() {
            if (!repaired) {
                repaired = true;
                repair.run();
            }
        }
    }

    private final World world;
    private final Topology topology;
    private final RandomGenerator random;
    private final List<Damage> damages = new ArrayList<>();
    private final List<Damage> slowness = new ArrayList<>();

    Operations(World world, Topology topology) {
        this.world = world;
        this.topology = topology;
        this.random = world.random().split();
    }

    /** Does one thing. */
    void step() {
        Speaker speaker = any(topology.speakers());
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5 -> withdraw(speaker);
            case 6, 7, 8 -> refresh(speaker);
            case 9, 10 -> slow(speaker);
            case 11 -> restart(speaker);
            case 12 -> crash(speaker);
            case 13, 14 -> cut(any(topology.adjacencies()), Network.Way.REFUSED, true);
            case 15 -> cut(any(topology.adjacencies()), Network.Way.SILENT, false);
            case 16 -> cut(any(topology.adjacencies()), Network.Way.SILENT, true);
            case 17 -> malformed(speaker);
            case 18 -> restart(any(topology.reflectors()));
            case 19 -> flap(any(topology.adjacencies()));
            case 20 -> sloppy(speaker);
            case 23 -> spoil(speaker);
            case 21, 22 -> exchange(speaker);
            default -> announce(speaker);
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void damage(List<Damage> list, long maxDuration, Runnable repair) {
        Damage damage = new Damage(repair);
        list.add(damage);
        if (random.nextInt(3) > 0) {
            world.time().after(random.nextLong(maxDuration), damage::repair);
        }
    }

    /** Slow readers read again; what is broken may stay so. */
    void hurryAll() {
        slowness.forEach(Damage::repair);
        slowness.clear();
    }

    void repairAll() {
        hurryAll();
        Collections.reverse(damages);
        damages.forEach(Damage::repair);
        damages.clear();
    }

    boolean isWhole() {
        return damages.stream().allMatch(damage -> damage.repaired);
    }

    void announce(Speaker speaker) {
        speaker.announce(topology.draw(speaker, random), topology.nextHops(random));
    }

    /** An announcement with an AGGREGATOR of five octets, which counts without it (RFC 7606 §7.7). */
    private void sloppy(Speaker speaker) {
        ByteBuf extra = Unpooled.buffer(16);
        Blocks.attribute(extra, AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE, AttributeType.AGGREGATOR,
                new byte[5]);
        for (ReflectorNode reflector : topology.reflectors()) {
            if (reflector.hasPeer(speaker)) {
                reflector.expectMalformed(speaker);
            }
        }
        byte[] octets = new byte[extra.readableBytes()];
        extra.readBytes(octets);
        speaker.announce(topology.draw(speaker, random), topology.nextHops(random), octets, List.of());
    }

    /** Some prefixes withdrawn and some announced by one UPDATE; those in both places count as announced. */
    private void exchange(Speaker speaker) {
        List<Prefix> withdrawn = topology.draw(speaker, random).stream()
                .filter(prefix -> prefix.family() == Family.IPV4_UNICAST).limit(20).toList();
        List<Prefix> announced = new ArrayList<>(topology.draw(speaker, random).stream().limit(20).toList());
        if (random.nextBoolean()) {
            announced.addAll(withdrawn);
        }
        speaker.announce(announced, topology.nextHops(random), new byte[0], withdrawn);
    }

    private void withdraw(Speaker speaker) {
        if (random.nextInt(6) == 0) {
            speaker.withdraw(List.copyOf(speaker.own().keySet()));
        } else {
            speaker.withdraw(topology.draw(speaker, random));
        }
    }

    private void refresh(Speaker speaker) {
        for (Neighbor neighbor : speaker.neighbors()) {
            SpeakerSession session = neighbor.established();
            if (session != null && session.canRefresh() && neighbor.member() instanceof ReflectorNode) {
                for (Family family : Family.values()) {
                    if (session.families().contains(family) && random.nextInt(3) > 0) {
                        world.history().note("%s asks for a refresh of %s", neighbor, family);
                        session.requestRefresh(family);
                    }
                }
            }
        }
    }

    private void slow(Speaker speaker) {
        for (Neighbor neighbor : speaker.neighbors()) {
            SpeakerSession session = neighbor.established();
            if (session != null && random.nextBoolean()) {
                Socket socket = session.socket();
                world.history().note("%s reads slowly", neighbor);
                if (random.nextBoolean()) {
                    socket.paused(true);
                    // Not so long that a speaker that does not look gives the session up for lost.
                    damage(slowness, 5 * VirtualTime.SECOND, () -> socket.paused(false));
                } else {
                    socket.slow(1 + random.nextInt(80), 20 * VirtualTime.MILLI);
                    damage(slowness, 5 * VirtualTime.SECOND, () -> socket.slow(0, 0));
                }
            }
        }
    }

    private void excuseAll(Speaker speaker) {
        for (Neighbor neighbor : speaker.neighbors()) {
            if (neighbor.member() instanceof ReflectorNode reflector) {
                reflector.excuse(speaker);
            }
        }
    }

    private void restart(Speaker speaker) {
        if (!speaker.isRunning()) {
            return;
        }
        world.history().note("%s restarts", speaker.name());
        world.trouble();
        excuseAll(speaker);
        speaker.stop();
        damage(damages, 3 * VirtualTime.SECOND, speaker::start);
    }

    private void crash(Speaker speaker) {
        if (!speaker.isRunning()) {
            return;
        }
        world.history().note("%s crashes", speaker.name());
        world.trouble();
        excuseAll(speaker);
        speaker.crash();
        damage(damages, 40 * VirtualTime.SECOND, speaker::start);
    }

    private void restart(ReflectorNode reflector) {
        if (!reflector.isRunning()) {
            return;
        }
        world.trouble();
        switch (random.nextInt(3)) {
            case 0 -> {
                world.history().note("%s is drained", reflector.name());
                reflector.drain(new StopReason.Shutdown("maintenance"));
            }
            case 1 -> {
                world.history().note("%s is killed", reflector.name());
                reflector.kill();
            }
            default -> {
                world.history().note("%s crashes", reflector.name());
                reflector.crash();
            }
        }
        damage(damages, 10 * VirtualTime.SECOND, () -> {
            world.history().note("%s starts", reflector.name());
            reflector.start();
        });
    }

    private void excuse(Adjacency adjacency) {
        if (adjacency.one() instanceof ReflectorNode reflector) {
            reflector.excuse(adjacency.other());
        }
        if (adjacency.other() instanceof ReflectorNode reflector) {
            reflector.excuse(adjacency.one());
        }
    }

    private void flap(Adjacency adjacency) {
        world.history().note("%s is reset", adjacency);
        world.trouble();
        excuse(adjacency);
        world.network().reset(adjacency.one().address(), adjacency.other().address());
    }

    private void cut(Adjacency adjacency, Network.Way way, boolean reset) {
        Network network = world.network();
        if (network.way(adjacency.one().address(), adjacency.other().address()) != Network.Way.OPEN) {
            return;
        }
        world.history().note("%s is cut: %s, reset %s", adjacency, way, reset);
        world.trouble();
        excuse(adjacency);
        if (reset) {
            network.reset(adjacency.one().address(), adjacency.other().address());
        }
        network.way(adjacency.one().address(), adjacency.other().address(), way);
        damage(damages, 20 * VirtualTime.SECOND, () -> {
            world.history().note("%s is healed", adjacency);
            network.way(adjacency.one().address(), adjacency.other().address(), Network.Way.OPEN);
        });
    }

    /** The reflectors ignore the speaker's IPv6 routes until the session is reset. */
    private void spoil(Speaker speaker) {
        for (Neighbor neighbor : speaker.neighbors()) {
            SpeakerSession session = neighbor.established();
            if (session != null && session.families().size() > 1 && !speaker.isExternal()
                    && neighbor.member() instanceof ReflectorNode reflector && random.nextBoolean()) {
                world.history().note("%s sends IPv6 routes that cannot be read", neighbor);
                world.trouble();
                reflector.expectMalformed(speaker);
                session.spoilIpv6();
                damage(damages, 5 * VirtualTime.SECOND, () -> {
                    if (neighbor.established() == session) {
                        world.trouble();
                        reflector.excuse(speaker);
                        session.end(ErrorCode.CEASE_ADMINISTRATIVE_RESET);
                    }
                });
            }
        }
    }

    private void malformed(Speaker speaker) {
        Malformation malformation = any(List.of(Malformation.values()));
        List<Prefix> prefixes = topology.draw(speaker, random).stream()
                .filter(prefix -> prefix.family() == Family.IPV4_UNICAST).limit(5).toList();
        if (prefixes.isEmpty() || !speaker.isRunning()) {
            return;
        }
        world.history().note("%s sends a malformed UPDATE: %s about %s", speaker.name(), malformation, prefixes);
        world.trouble();
        boolean sent = false;
        for (Neighbor neighbor : speaker.neighbors()) {
            SpeakerSession session = neighbor.established();
            if (neighbor.member() instanceof ReflectorNode reflector && session != null) {
                sent = true;
                reflector.expectMalformed(speaker);
                ByteBuf message = malformation.message(prefixes, speaker.isExternal());
                session.sendRaw(message, malformation.endsSession());
            }
        }
        if (sent && malformation.withdraws()) {
            // Towards others than reflectors it is withdrawn in so many words.
            speaker.withdrawExceptFromReflectors(prefixes);
        }
    }
}
