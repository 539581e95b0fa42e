package io.tapetum.load.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.bench.routes.Prefix;
import io.tapetum.bench.routes.RouteAttributes;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.bench.routes.Updates;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefixes;

/**
 * All routes there are, and what their owners say of them at the moment. Routes of one owner have consecutive numbers.
 *
 * <p>Belongs to one thread. Looking up a route allocates nothing.
 */
public final class RouteBook {

    /** So many prefixes with attributes of up to a thousand octets fit into an UPDATE. */
    private static final int PREFIXES_PER_UPDATE = 500;
    /** MED of a route that has none. */
    private static final int NO_MED = (int) RouteAttributes.NO_MED;

    private final long[] keys;
    private final int[] profileOf;
    private final int[] firstMeds;
    private final int[] meds;
    /** By owner, and one more: where the routes of the owner begin. */
    private final int[] firstRoutes;
    private final List<RouteAttributes> profiles = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    /** Open addressing: number of the route plus one, or 0. */
    private final int[] slots;

    /**
     * A book in which nothing has changed yet.
     *
     * @param sets what each client announces; the clients beyond the last announce nothing
     * @throws IllegalArgumentException if a prefix occurs twice
     */
    public RouteBook(List<List<RouteSet>> sets) {
        int size = sets.stream().flatMap(List::stream).mapToInt(set -> set.prefixes().size()).sum();
        keys = new long[size];
        profileOf = new int[size];
        firstMeds = new int[size];
        firstRoutes = new int[sets.size() + 1];
        slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, size)) << 2)];
        int route = 0;
        for (int owner = 0; owner < sets.size(); owner++) {
            firstRoutes[owner] = route;
            Map<RouteAttributes, Integer> known = new LinkedHashMap<>();
            for (RouteSet set : sets.get(owner)) {
                Integer profile = known.computeIfAbsent(set.attributes().withMed(NO_MED), _ -> known.size());
                for (Prefix prefix : set.prefixes()) {
                    keys[route] = key((int) (prefix.high() >>> 32), prefix.length());
                    profileOf[route] = profiles.size() + profile;
                    firstMeds[route] = (int) set.attributes().med();
                    add(route++);
                }
            }
            for (RouteAttributes attributes : known.keySet()) {
                profiles.add(attributes);
                owners.add(owner);
            }
        }
        firstRoutes[sets.size()] = route;
        meds = firstMeds.clone();
    }

    /** How a prefix is looked up: its address, then its length. */
    public static long key(int address, int length) {
        return (long) address << 8 | length;
    }

    /** How many routes there are. */
    public int size() {
        return keys.length;
    }

    /** How many profiles there are. */
    public int profiles() {
        return profiles.size();
    }

    /**
     * The number of the route with this key, or -1.
     *
     * @param guess is looked at first: reflectors keep the order in which prefixes came, mostly
     */
    public int find(long key, int guess) {
        if (guess < keys.length && keys[guess] == key) {
            return guess;
        }
        int slot = slot(key);
        while (slots[slot] != 0) {
            int route = slots[slot] - 1;
            if (keys[route] == key) {
                return route;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    /** The prefix of a route as operators write it. */
    public String prefix(int route) {
        return toString(keys[route]);
    }

    /** A key as operators write it. */
    public static String toString(long key) {
        return Prefixes.toString(Family.IPV4_UNICAST, key >>> 8 << 32, 0, (int) (key & 0xFF));
    }

    /** The profile of a route. */
    public int profile(int route) {
        return profileOf[route];
    }

    /** Attributes of a profile as its owner sends them, but for the MED. */
    public RouteAttributes attributes(int profile) {
        return profiles.get(profile);
    }

    /** Who announces the routes of a profile. */
    public int owner(int profile) {
        return owners.get(profile);
    }

    /** Who announces a route. */
    public int ownerOf(int route) {
        return owner(profileOf[route]);
    }

    /** How many routes a client announces; 0 for one that this book does not know. */
    public int ownedBy(int client) {
        return client < firstRoutes.length - 1 ? firstRoutes[client + 1] - firstRoutes[client] : 0;
    }

    /** The MED that the owner sent last, or -1 for none. */
    public int med(int route) {
        return meds[route];
    }

    /** Whether this is the MED that the owners of so many routes, from the first, sent last. */
    public boolean isCurrent(int first, int count, int med) {
        for (int route = first; route < first + count; route++) {
            if (meds[route] != med) {
                return false;
            }
        }
        return true;
    }

    /** Whether the owner has ever said this MED. */
    public boolean wasSaid(int route, int med) {
        return med >= firstMeds[route] && med <= meds[route];
    }

    /** A new version of a route: a MED one higher. */
    public void renew(int route) {
        meds[route]++;
    }

    /** A new version of every route. */
    public void renewAll() {
        for (int route = 0; route < meds.length; route++) {
            meds[route]++;
        }
    }

    /** All UPDATEs of a client, back to back: a direct buffer that the caller releases. */
    public ByteBuf announcement(int client) {
        return ownedBy(client) == 0
                ? Unpooled.EMPTY_BUFFER
                : updates(firstRoutes[client], firstRoutes[client + 1]);
    }

    /** The UPDATE of one route: a direct buffer that the caller releases. */
    public ByteBuf update(int route) {
        return updates(route, route + 1);
    }

    private ByteBuf updates(int from, int to) {
        ByteBuf out = Unpooled.directBuffer();
        int start = from;
        while (start < to) {
            List<Prefix> prefixes = new ArrayList<>();
            int end = start;
            while (end < to && prefixes.size() < PREFIXES_PER_UPDATE && meds[end] == meds[start]
                    && profileOf[end] == profileOf[start]) {
                prefixes.add(new Prefix(keys[end] >>> 8 << 32, 0, (int) (keys[end] & 0xFF)));
                end++;
            }
            RouteAttributes attributes = profiles.get(profileOf[start]).withMed(meds[start]);
            ByteBuf frame = Updates.frame(Family.IPV4_UNICAST, new RouteSet(attributes, prefixes));
            out.writeBytes(frame);
            frame.release();
            start = end;
        }
        return out;
    }

    private void add(int route) {
        int slot = slot(keys[route]);
        while (slots[slot] != 0) {
            if (keys[slots[slot] - 1] == keys[route]) {
                throw new IllegalArgumentException(prefix(route) + " occurs twice");
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = route + 1;
    }

    /** Fibonacci hashing: prefixes differ in few bits. */
    private int slot(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 64 - Integer.numberOfTrailingZeros(slots.length));
    }
}
