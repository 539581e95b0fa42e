package io.tapetum.core.simulation;

import java.util.Set;
import java.util.random.RandomGenerator;

import io.tapetum.wire.Family;

/**
 * The sizes of a run.
 *
 * @param as of the reflectors and their clients
 * @param externalAs of the external speakers; also what every non-empty AS path begins with
 * @param clients how many there are
 * @param externals speakers of the other AS, all at the first reflector
 * @param families what is routed
 * @param sharedPrefixes how many prefixes anybody may announce
 * @param ownPrefixes how many of each family every speaker has for itself
 * @param holdSeconds what reflectors offer
 * @param dynamic whether clients come from a range instead of being named
 * @param ipv6Transport whether sessions run over IPv6
 * @param extendedMessages whether reflectors offer messages of 65535 octets
 * @param gracefulRestart the restart time that reflectors announce, seconds
 * @param longLived the long-lived stale time that reflectors announce, seconds
 * @param bursts how many times everything is moved about
 */
record RunSettings(long as, long externalAs, int clients, int externals, Set<Family> families, int sharedPrefixes,
        int ownPrefixes, int holdSeconds, boolean dynamic, boolean ipv6Transport, boolean extendedMessages,
        int gracefulRestart, int longLived, int bursts) {

    /** No internal route has this LOCAL_PREF, so routes of the other AS never tie with internal ones. */
    static final long EXTERNAL_LOCAL_PREF = 120;

    static RunSettings draw(RandomGenerator random) {
        int draw = random.nextInt(500);
        int clients = draw == 0
                ? 100 + random.nextInt(200)
                : draw < 35 ? 13 + random.nextInt(48) : 2 + random.nextInt(9);
        boolean many = clients > 60;
        Set<Family> families = switch (random.nextInt(4)) {
            case 0 -> Set.of(Family.IPV4_UNICAST);
            case 1 -> Set.of(Family.IPV6_UNICAST);
            default -> Set.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
        };
        int shared = random.nextInt(40) == 0 && clients < 20 ? 200 + random.nextInt(600) : 2 + random.nextInt(14);
        return new RunSettings(random.nextInt(3) == 0 ? 4_200_000_001L : 64512, 65010, clients,
                random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0, families, shared, many ? 1 : 1 + random.nextInt(3),
                many ? 90 : 9 * (1 + random.nextInt(4)), random.nextInt(4) == 0, random.nextInt(5) == 0,
                random.nextInt(3) == 0, random.nextBoolean() ? 1 : 0,
                random.nextInt(3) == 0 ? 0 : 5 + random.nextInt(300), many ? 1 : 1 + random.nextInt(4));
    }
}
