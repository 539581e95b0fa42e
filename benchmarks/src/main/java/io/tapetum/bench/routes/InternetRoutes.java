package io.tapetum.bench.routes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/**
 * Routes as the border routers of a network with full internet tables reflect them. Drawn from a fixed seed; the shares
 * are rounded, their order of magnitude is what matters: most prefixes are /24, an AS path has some four hops, a handful
 * of prefixes share their attributes, and half of the routes carry communities.
 */
public final class InternetRoutes {

    private static final long SEED = 4271;

    /** How many of a hundred prefixes have the length of {@link #LENGTHS}. */
    private static final int[] SHARES = {60, 11, 10, 5, 4, 3, 2, 1, 2, 1, 1};
    private static final int[] LENGTHS = {24, 22, 23, 21, 20, 19, 18, 17, 16, 15, 12};

    private static final int BORDER_ROUTERS = 40;
    private static final int TRANSIT_ASES = 25;
    /** Odds that one more prefix has the attributes of the one before: five prefixes to a set on average. */
    private static final double SHARED = 0.8;
    private static final int MAX_SET = 100;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Set<Prefix> taken = new HashSet<>();

    private InternetRoutes() {}

    /** So many prefixes: up to a few millions. */
    public static RouteTable ipv4(int prefixes) {
        return new InternetRoutes().table(prefixes);
    }

    private RouteTable table(int prefixes) {
        List<RouteSet> sets = new ArrayList<>();
        while (taken.size() < prefixes) {
            RouteAttributes attributes = attributes();
            List<Prefix> shared = new ArrayList<>();
            do {
                shared.add(unusedPrefix());
            } while (taken.size() < prefixes && shared.size() < MAX_SET && random.nextDouble() < SHARED);
            sets.add(new RouteSet(attributes, shared));
        }
        return new RouteTable(Family.IPV4_UNICAST, sets);
    }

    private Prefix unusedPrefix() {
        while (true) {
            int length = length();
            // From 11.0.0.0 to 126.255.255.255 and from 128.0.0.0 to 223.255.255.255: more than enough that is public.
            int first = random.nextInt(11, 224);
            int address = (first << 24 | random.nextInt(1 << 24)) & -1 << (32 - length);
            Prefix prefix = Prefix.ipv4(address, length);
            if (first != 127 && taken.add(prefix)) {
                return prefix;
            }
        }
    }

    private int length() {
        int draw = random.nextInt(100);
        int i = 0;
        while (draw >= SHARES[i]) {
            draw -= SHARES[i++];
        }
        return LENGTHS[i];
    }

    private RouteAttributes attributes() {
        NextHop borderRouter = NextHop.ipv4(192 << 24 | 168 << 16 | 1 + random.nextInt(BORDER_ROUTERS));
        long med = random.nextInt(3) == 0 ? random.nextInt(200) : RouteAttributes.NO_MED;
        long localPref = 100 + 50L * random.nextInt(3);
        int origin = random.nextInt(10) == 0 ? 2 : 0;
        return new RouteAttributes(origin, asPath(), borderRouter, med, localPref, communities());
    }

    private List<Integer> asPath() {
        List<Integer> path = new ArrayList<>();
        path.add(1000 + random.nextInt(TRANSIT_ASES));
        int hops = 1 + random.nextInt(5);
        for (int hop = 0; hop < hops; hop++) {
            path.add(random.nextInt(3) == 0 ? 200_000 + random.nextInt(200_000) : 1000 + random.nextInt(60_000));
        }
        if (random.nextInt(8) == 0) {
            // The last AS makes its path longer than it is, to be chosen less.
            int repeated = 1 + random.nextInt(3);
            for (int i = 0; i < repeated; i++) {
                path.add(path.getLast());
            }
        }
        return path;
    }

    private List<Integer> communities() {
        List<Integer> communities = new ArrayList<>();
        int count = random.nextBoolean() ? 0 : 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            communities.add(1000 + random.nextInt(TRANSIT_ASES) << 16 | random.nextInt(10_000));
        }
        return communities;
    }
}
