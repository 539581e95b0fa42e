package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/**
 * A router modelled after BIRD: announces its own routes to everybody it has a session with, passes nothing on, and
 * remembers what every neighbour told it.
 */
final class Speaker implements Member {

    private final World world;
    private final String name;
    private final InetAddress address;
    private final int routerId;
    private final SpeakerSettings settings;
    private final boolean external;
    private final Map<InetAddress, Neighbor> neighbors = new LinkedHashMap<>();
    private final Map<Prefix, Announcement> own = new LinkedHashMap<>();
    private boolean running;
    private boolean keptForwarding = true;

    Speaker(World world, String name, InetAddress address, int routerId, SpeakerSettings settings, boolean external) {
        this.world = world;
        this.name = name;
        this.address = address;
        this.routerId = routerId;
        this.settings = settings;
        this.external = external;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public int routerId() {
        return routerId;
    }

    World world() {
        return world;
    }

    SpeakerSettings settings() {
        return settings;
    }

    long as() {
        return settings.as();
    }

    /** Whether it is in another AS than the reflectors. */
    boolean isExternal() {
        return external;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether it says that its forwarding state has survived its last start. */
    boolean keptForwarding() {
        return keptForwarding;
    }

    boolean speaks(Family family) {
        return settings.capable() ? settings.families().contains(family) : family == Family.IPV4_UNICAST;
    }

    void add(Neighbor neighbor) {
        neighbors.put(neighbor.address(), neighbor);
    }

    Collection<Neighbor> neighbors() {
        return neighbors.values();
    }

    @Nullable
    Neighbor neighbor(InetAddress of) {
        return neighbors.get(of);
    }

    Map<Prefix, Announcement> own() {
        return own;
    }

    void start() {
        running = true;
        keptForwarding = world.random().nextInt(4) > 0;
        world.network().revive(address);
        world.network().listen(address, this::accepted);
        for (Neighbor neighbor : neighbors.values()) {
            neighbor.start();
        }
    }

    /** Ends all sessions with a Cease. */
    void stop() {
        running = false;
        for (Neighbor neighbor : neighbors.values()) {
            neighbor.stop();
        }
    }

    /** Is gone without a word. */
    void crash() {
        running = false;
        world.network().crash(address);
        for (Neighbor neighbor : neighbors.values()) {
            neighbor.forget();
        }
    }

    private void accepted(Socket socket) {
        Neighbor neighbor = neighbors.get(socket.remote());
        if (neighbor == null || !running) {
            socket.abort();
        } else {
            neighbor.accepted(socket);
        }
    }

    /** Announces prefixes, which may be of several families; those it had announced before are replaced. */
    void announce(Collection<Prefix> prefixes, Map<Family, NextHop> nextHops) {
        announce(prefixes, nextHops, new byte[0], List.of());
    }

    /**
     * Announces prefixes.
     *
     * @param extra octets of attributes that reflectors are sent too, and are to take out
     * @param withdrawn IPv4 prefixes that are withdrawn by the same message where that can be
     */
    void announce(Collection<Prefix> prefixes, Map<Family, NextHop> nextHops, byte[] extra, List<Prefix> withdrawn) {
        for (Family family : Family.values()) {
            Set<Prefix> ofFamily = new LinkedHashSet<>();
            for (Prefix prefix : prefixes) {
                if (prefix.family() == family) {
                    ofFamily.add(prefix);
                }
            }
            NextHop nextHop = nextHops.get(family);
            if (ofFamily.isEmpty() || nextHop == null) {
                continue;
            }
            Announcement announcement = world.announcements().make(this, ofFamily, nextHop);
            boolean sloppy = extra.length > 0 && !announcement.aggregates();
            List<Prefix> gone = family == Family.IPV4_UNICAST ? withdrawn : List.of();
            world.history().note("%s announces %s: %s%s, withdraws %s", name, announcement, ofFamily,
                    sloppy ? " with a malformed attribute" : "", gone);
            for (Prefix prefix : gone) {
                own.remove(prefix);
                world.trouble();
            }
            for (Prefix prefix : ofFamily) {
                own.put(prefix, announcement);
            }
            for (Neighbor neighbor : neighbors.values()) {
                neighbor.announce(announcement, ofFamily, sloppy ? extra : new byte[0], gone);
            }
        }
    }

    void withdraw(Collection<Prefix> prefixes) {
        Set<Prefix> gone = new LinkedHashSet<>();
        for (Prefix prefix : prefixes) {
            if (own.remove(prefix) != null) {
                gone.add(prefix);
            }
        }
        if (!gone.isEmpty()) {
            world.trouble();
            world.history().note("%s withdraws %s", name, gone);
            for (Neighbor neighbor : neighbors.values()) {
                neighbor.withdraw(gone);
            }
        }
    }

    /** The reflectors know already that these are gone; all others are told. */
    void withdrawExceptFromReflectors(Collection<Prefix> prefixes) {
        for (Prefix prefix : prefixes) {
            own.remove(prefix);
        }
        for (Neighbor neighbor : neighbors.values()) {
            if (neighbor.member() instanceof Speaker) {
                neighbor.withdraw(prefixes);
            }
        }
    }

    @Override
    public String toString() {
        return name + " (" + address.getHostAddress() + ", id " + Integer.toUnsignedString(routerId) + ", AS "
                + settings.as() + ")";
    }
}
