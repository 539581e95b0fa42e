package io.tapetum.wire.update;

import static io.tapetum.wire.Family.IPV4_UNICAST;
import static io.tapetum.wire.Family.IPV6_UNICAST;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import io.tapetum.wire.Family;

/** Well-formed UPDATEs and sessions, by chance. */
public final class RandomUpdates {

    private final Random random;

    public RandomUpdates(Random random) {
        this.random = random;
    }

    /** Any session; only with peer AS 65001, which all external paths made here start with. */
    public UpdateContext context() {
        boolean internal = random.nextBoolean();
        Set<Family> families = switch (random.nextInt(4)) {
            case 0 -> Set.of(IPV4_UNICAST);
            case 1 -> Set.of(IPV6_UNICAST);
            default -> EnumSet.allOf(Family.class);
        };
        UpdateContext context = internal
                ? UpdateContext.internal(65001, families)
                : UpdateContext.external(65001, families);
        return context.withFourOctetAs(random.nextBoolean()).withExtendedNextHop(random.nextBoolean())
                .withAddPathReceive(random.nextInt(4) == 0 ? families : Set.of());
    }

    /** An UPDATE with an announcement at least, fine on this session. */
    public UpdateBuilder update(UpdateContext context) {
        boolean ipv4 = context.families().contains(IPV4_UNICAST);
        boolean ipv6 = context.families().contains(IPV6_UNICAST);
        UpdateBuilder update = UpdateBuilder.update();
        if (ipv6) {
            update.mpReach(IPV6_UNICAST, "2001:db8::" + (1 + random.nextInt(3)), prefix(context, IPV6_UNICAST));
            if (random.nextBoolean()) {
                update.mpUnreach(IPV6_UNICAST, prefix(context, IPV6_UNICAST));
            }
        }
        if (ipv4) {
            update.announced(prefix(context, IPV4_UNICAST)).nextHop("192.0.2." + (1 + random.nextInt(3)));
            if (random.nextBoolean()) {
                update.withdrawn(prefix(context, IPV4_UNICAST), prefix(context, IPV4_UNICAST));
            }
        }
        attributes(update, context, false);
        return update;
    }

    /** Adds attributes, AS_PATH among them with confederation segments if asked for; not NEXT_HOP. */
    public void attributes(UpdateBuilder update, UpdateContext context, boolean confederation) {
        int asOctets = context.fourOctetAs() ? 4 : 2;
        update.origin(random.nextInt(3));
        update.attribute(0x40, 2, path(asOctets, context.internal(), confederation));
        if (random.nextBoolean()) {
            update.med(random.nextInt() & 0xFFFF_FFFFL);
        }
        if (context.internal()) {
            if (random.nextBoolean()) {
                update.localPref(random.nextInt() & 0xFFFF_FFFFL);
            }
            if (random.nextBoolean()) {
                update.originatorId("203.0.113." + random.nextInt(256));
            }
            if (random.nextBoolean()) {
                update.attribute(0x80, 10, octets(4 * (1 + random.nextInt(random.nextBoolean() ? 3 : 70))));
            }
        }
        if (random.nextInt(4) == 0) {
            update.attribute(0x40, 6);
        }
        if (random.nextInt(4) == 0) {
            update.attribute(optionalTransitive(), 7,
                    UpdateBuilder.concat(UpdateBuilder.asNumber(asOctets, as(asOctets)), octets(4)));
        }
        if (random.nextInt(3) == 0) {
            update.attribute(optionalTransitive(), 8, octets(4 * (1 + random.nextInt(80))));
        }
        if (random.nextInt(4) == 0) {
            update.attribute(optionalTransitive(), 16, octets(8 * (1 + random.nextInt(4))));
        }
        if (random.nextInt(4) == 0) {
            update.attribute(optionalTransitive(), 32, octets(12 * (1 + random.nextInt(4))));
        }
        if (random.nextInt(4) == 0) {
            update.attribute(optionalTransitive(), 100 + random.nextInt(20), octets(random.nextInt(300)));
        }
    }

    private int optionalTransitive() {
        return random.nextBoolean() ? 0xC0 : 0xE0;
    }

    private byte[] path(int asOctets, boolean internal, boolean confederation) {
        byte[] path = internal ? new byte[0] : UpdateBuilder.segment(2, asOctets, 65001, as(asOctets));
        int segments = random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            long[] asns = new long[random.nextInt(6) == 0 ? 255 : 1 + random.nextInt(5)];
            for (int j = 0; j < asns.length; j++) {
                asns[j] = as(asOctets);
            }
            int type = confederation ? 1 + random.nextInt(4) : random.nextInt(4) == 0 ? 1 : 2;
            path = UpdateBuilder.concat(path, UpdateBuilder.segment(type, asOctets, asns));
        }
        return path;
    }

    private long as(int asOctets) {
        boolean small = asOctets == 2 || random.nextInt(5) > 0;
        return small ? 1 + random.nextInt(65535) : 65536 + (random.nextInt() & 0x7FFF_FFFFL);
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private String prefix(UpdateContext context, Family family) {
        int length = random.nextInt(family.maxPrefixLength() + 1);
        String address = family == IPV4_UNICAST
                ? "10." + random.nextInt(256) + ".128.1"
                : "2001:db8:" + Integer.toHexString(random.nextInt(65536)) + "::1";
        String id = context.addPathReceive().contains(family) ? "#" + (1 + random.nextInt(9)) + " " : "";
        return id + address + "/" + length;
    }
}
