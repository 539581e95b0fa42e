package io.tapetum.interop.speaker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tapetum.interop.lab.Host;

/** What every speaker remembers: who it is, whom it talks to and what it originates. */
abstract class Speaker implements BgpPeer {
    private final Host host;
    private final long as;
    private final List<Neighbour> neighbours;
    private final Map<String, Announcement> announcements = new TreeMap<>();

    Speaker(Host host, long as, List<Neighbour> neighbours) {
        this.host = host;
        this.as = as;
        this.neighbours = new ArrayList<>(neighbours);
    }

    @Override
    public final Host host() {
        return host;
    }

    @Override
    public final void announce(Announcement announcement) {
        Announcement previous = announcements.put(announcement.prefix(), announcement);
        // Announced again, some daemons would withdraw it first.
        if (running() && !announcement.equals(previous)) {
            applyAnnounce(announcement, previous != null);
        }
    }

    @Override
    public final void withdraw(String prefix) {
        if (announcements.remove(prefix) != null && running()) {
            applyWithdraw(prefix);
        }
    }

    @Override
    public final void rekey(String neighbour, String key) {
        neighbours.replaceAll(one -> one.address().equals(neighbour) ? one.with(one.protection().withKey(key)) : one);
        if (running()) {
            applyKey(neighbour(neighbour));
        }
    }

    private Neighbour neighbour(String address) {
        return neighbours.stream().filter(one -> one.address().equals(address)).findFirst().orElseThrow();
    }

    final long as() {
        return as;
    }

    final List<Neighbour> neighbours() {
        return neighbours;
    }

    final boolean isNeighbour(String address) {
        return neighbours.stream().anyMatch(neighbour -> neighbour.address().equals(address));
    }

    final Collection<Announcement> announcements() {
        return announcements.values();
    }

    abstract boolean running();

    /** Makes the running daemon originate a route; {@code changed} when it has another for that prefix. */
    abstract void applyAnnounce(Announcement announcement, boolean changed);

    /** Makes the running daemon originate a route no longer. */
    abstract void applyWithdraw(String prefix);

    /** Makes the running daemon use the key that a neighbour has now. */
    abstract void applyKey(Neighbour neighbour);
}
