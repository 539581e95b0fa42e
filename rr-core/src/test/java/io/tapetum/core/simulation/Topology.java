package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/** Who is there, and who talks to whom: drawn from the seed. */
final class Topology {

    private static final int PORT = 179;
    private static final int MAX_TWO_OCTET_AS = 0xFFFF;

    /** How the reflectors stand to each other. */
    enum Shape {
        /** One reflector. */
        SINGLE,
        /** One reflector whose clients are in two clusters. */
        TWO_CLUSTERS,
        /** Two reflectors with one cluster id, and every client has both. */
        SAME_CLUSTER,
        /** Two reflectors with different cluster ids, and every client has both. */
        PAIR,
        /** Reflectors that are each other's non-clients; each client has one or two of them. */
        MESH,
        /** Reflectors that are clients of two upper reflectors. */
        TIERS,
        /** One reflector that does not reflect between its clients, which have sessions with each other. */
        MESHED_CLIENTS
    }

    private final World world;
    private final RandomGenerator random;
    private final RunSettings run;
    private final Shape shape;
    private final List<ReflectorNode> reflectors = new ArrayList<>();
    private final List<Speaker> speakers = new ArrayList<>();
    private final List<Adjacency> adjacencies = new ArrayList<>();
    private final List<Prefix> shared = new ArrayList<>();
    private final Map<Speaker, List<Prefix>> homes = new HashMap<>();
    private final Set<Integer> identifiers = new HashSet<>();

    /** A reflector in the making. */
    private static final class Plan {
        final int index;
        final InetAddress address;
        final int routerId;
        final int clusterId;
        final Map<Member, PeerTemplate> templates = new LinkedHashMap<>();
        final Map<InetAddress, PeerTemplate> addresses = new LinkedHashMap<>();

        Plan(int index, InetAddress address, int routerId, int clusterId) {
            this.index = index;
            this.address = address;
            this.routerId = routerId;
            this.clusterId = clusterId;
        }
    }

    Topology(World world, RunSettings run) {
        this(world, run, draw(world.random(), run));
    }

    Topology(World world, RunSettings run, Shape shape) {
        this.world = world;
        this.random = world.random().split();
        this.run = run;
        this.shape = shape;
        build();
    }

    private static Shape draw(RandomGenerator random, RunSettings run) {
        Shape[] shapes = Shape.values();
        Shape drawn = shapes[random.nextInt(shapes.length)];
        // With hundreds of sessions between clients nothing new would be seen.
        boolean many = run.clients() > 60 || (run.clients() > 12 && drawn == Shape.MESHED_CLIENTS);
        return many ? Shape.SINGLE : drawn;
    }

    List<ReflectorNode> reflectors() {
        return reflectors;
    }

    List<Speaker> speakers() {
        return speakers;
    }

    List<Adjacency> adjacencies() {
        return adjacencies;
    }

    /** Every prefix that anybody may announce. */
    Set<Prefix> prefixes() {
        Set<Prefix> all = new LinkedHashSet<>(shared);
        homes.values().forEach(all::addAll);
        return all;
    }

    /** A few prefixes that this speaker may announce: its own, or some that several announce. */
    List<Prefix> draw(Speaker speaker, RandomGenerator from) {
        List<Prefix> pool = from.nextInt(3) == 0 ? homes.getOrDefault(speaker, List.of()) : shared;
        List<Prefix> drawn = new ArrayList<>();
        int count = switch (from.nextInt(6)) {
            case 0 -> pool.size();
            case 1, 2 -> 1 + from.nextInt(4);
            default -> 1;
        };
        for (int i = 0; i < count && !pool.isEmpty(); i++) {
            Prefix prefix = pool.get(from.nextInt(pool.size()));
            if (speaker.speaks(prefix.family())) {
                drawn.add(prefix);
            }
        }
        return drawn;
    }

    Map<Family, NextHop> nextHops(RandomGenerator from) {
        Map<Family, NextHop> nextHops = new EnumMap<>(Family.class);
        int host = 1 + from.nextInt(200);
        nextHops.put(Family.IPV4_UNICAST, NextHop.ipv4(0x0A64_0000 + host));
        nextHops.put(Family.IPV6_UNICAST, NextHop.ipv6(0xFD00_0064L << 32, host));
        return nextHops;
    }

    private void build() {
        List<Plan> plans = new ArrayList<>();
        int reflectorCount = switch (shape) {
            case SINGLE, TWO_CLUSTERS, MESHED_CLIENTS -> 1;
            case SAME_CLUSTER, PAIR -> 2;
            case MESH -> 2 + random.nextInt(3);
            case TIERS -> 4;
        };
        for (int i = 0; i < reflectorCount; i++) {
            int routerId = identifier();
            int clusterId = shape == Shape.SAME_CLUSTER ? 0x0A0A_0A0A : random.nextBoolean() ? routerId : 1000 + i;
            plans.add(new Plan(i, address(255, i + 1), routerId, clusterId));
        }
        List<List<Plan>> attachments = new ArrayList<>();
        for (int i = 0; i < run.clients(); i++) {
            Speaker speaker = speaker(i, false);
            speakers.add(speaker);
            attachments.add(attachment(plans));
        }
        boolean externals = run.externals() > 0;
        for (int i = 0; i < run.externals(); i++) {
            speakers.add(speaker(run.clients() + i, true));
            attachments.add(List.of(plans.getFirst()));
        }
        plan(plans, attachments);
        for (Plan plan : plans) {
            reflectors.add(reflector(plan, externals));
        }
        connect(plans, attachments);
        makePrefixes();
    }

    private List<Plan> attachment(List<Plan> plans) {
        return switch (shape) {
            case SINGLE, TWO_CLUSTERS, MESHED_CLIENTS, SAME_CLUSTER, PAIR -> plans;
            case MESH -> {
                Plan first = plans.get(random.nextInt(plans.size()));
                Plan second = plans.get(random.nextInt(plans.size()));
                yield first == second ? List.of(first) : List.of(first, second);
            }
            case TIERS -> switch (random.nextInt(4)) {
                case 0 -> List.of(plans.get(2), plans.get(3));
                case 1 -> List.of(plans.get(random.nextInt(2)));
                default -> List.of(plans.get(2 + random.nextInt(2)));
            };
        };
    }

    /** Which templates the reflectors have for whom. */
    private void plan(List<Plan> plans, List<List<Plan>> attachments) {
        for (int i = 0; i < speakers.size(); i++) {
            Speaker speaker = speakers.get(i);
            for (Plan plan : attachments.get(i)) {
                int clusterId = shape == Shape.TWO_CLUSTERS && i % 2 == 1 ? 77 : plan.clusterId;
                PeerTemplate template = speaker.isExternal()
                        ? template(plan, PeerRole.EXTERNAL, run.externalAs(), plan.clusterId, connectMode())
                        : template(plan, PeerRole.CLIENT, run.as(), clusterId, connectMode());
                plan.templates.put(speaker, template);
                plan.addresses.put(speaker.address(), template);
            }
        }
        for (Plan one : plans) {
            for (Plan other : plans) {
                if (one.index < other.index) {
                    boolean tiered = shape == Shape.TIERS && one.index < 2 && other.index >= 2;
                    ConnectMode mode = random.nextInt(3) == 0 ? ConnectMode.PASSIVE : ConnectMode.ACTIVE;
                    if (shape == Shape.TIERS && one.index >= 2) {
                        continue;
                    }
                    one.addresses.put(other.address, template(one, tiered ? PeerRole.CLIENT : PeerRole.NON_CLIENT,
                            run.as(), one.clusterId, mode));
                    other.addresses.put(one.address, template(other, PeerRole.NON_CLIENT, run.as(), other.clusterId,
                            ConnectMode.ACTIVE));
                }
            }
        }
    }

    private ConnectMode connectMode() {
        if (run.dynamic()) {
            return ConnectMode.PASSIVE;
        }
        return switch (random.nextInt(4)) {
            case 0 -> ConnectMode.ACTIVE;
            case 1 -> ConnectMode.FALLBACK;
            default -> ConnectMode.PASSIVE;
        };
    }

    private PeerTemplate template(Plan plan, PeerRole role, long as, int clusterId, ConnectMode mode) {
        SessionTimers timers = new SessionTimers(run.holdSeconds(), Duration.ofSeconds(10), Duration.ofSeconds(1),
                Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ZERO);
        ExternalPolicy external = new ExternalPolicy(NextHopMode.KEEP, NextHopMode.KEEP, random.nextBoolean(),
                RunSettings.EXTERNAL_LOCAL_PREF, random.nextBoolean());
        int addPathSend = switch (random.nextInt(4)) {
            case 0, 1 -> 0;
            case 2 -> 2;
            default -> PeerTemplate.ALL_PATHS;
        };
        return new PeerTemplate(role.toString(), run.as(), as, role, clusterId, shape != Shape.MESHED_CLIENTS,
                run.families(), mode, 64, run.extendedMessages(), false, addPathSend, plan.index % 2 == 0,
                run.gracefulRestart(),
                run.longLived(), timers, Map.of(), external, Protection.NONE);
    }

    private ReflectorNode reflector(Plan plan, boolean externals) {
        List<PeerSettings> peers = new ArrayList<>();
        List<DynamicRange> ranges = new ArrayList<>();
        boolean dynamic = run.dynamic() && shape != Shape.TWO_CLUSTERS && !externals;
        @Nullable
        PeerTemplate common = null;
        for (Map.Entry<Member, PeerTemplate> entry : plan.templates.entrySet()) {
            if (dynamic) {
                common = entry.getValue();
            }
        }
        for (Map.Entry<InetAddress, PeerTemplate> entry : plan.addresses.entrySet()) {
            if (!dynamic || !isClient(plan, entry.getKey())) {
                peers.add(new PeerSettings(entry.getKey().getHostAddress(), entry.getKey(), null, PORT,
                        entry.getValue()));
            }
        }
        if (common != null) {
            ranges.add(new DynamicRange("everybody", address(0, 0), run.ipv6Transport() ? 64 : 8, 1000, common));
        }
        ReflectorSettings settings = new ReflectorSettings(run.as(), plan.routerId, plan.clusterId, peers, ranges,
                false);
        ReflectorNode node = new ReflectorNode(world, "R" + (plan.index + 1), plan.address, settings,
                1 + random.nextInt(3));
        for (Map.Entry<Member, PeerTemplate> entry : plan.templates.entrySet()) {
            node.expect(entry.getKey(), common != null ? common : entry.getValue());
        }
        return node;
    }

    private static boolean isClient(Plan plan, InetAddress address) {
        return plan.templates.keySet().stream().anyMatch(member -> member.address().equals(address));
    }

    private void connect(List<Plan> plans, List<List<Plan>> attachments) {
        for (int i = 0; i < speakers.size(); i++) {
            Speaker speaker = speakers.get(i);
            for (Plan plan : attachments.get(i)) {
                ReflectorNode reflector = reflectors.get(plan.index);
                PeerTemplate template = reflector.template(speaker);
                boolean active = template.connect() == ConnectMode.PASSIVE || random.nextInt(3) > 0;
                speaker.add(new Neighbor(speaker, reflector, active, template.clusterId()));
                adjacencies.add(new Adjacency(reflector, speaker));
            }
        }
        for (Plan one : plans) {
            for (Plan other : plans) {
                if (one.index < other.index && one.addresses.containsKey(other.address)) {
                    ReflectorNode first = reflectors.get(one.index);
                    ReflectorNode second = reflectors.get(other.index);
                    first.expect(second, present(one.addresses.get(second.address())));
                    second.expect(first, present(other.addresses.get(first.address())));
                    adjacencies.add(new Adjacency(first, second));
                }
            }
        }
        if (shape == Shape.MESHED_CLIENTS) {
            for (int i = 0; i < run.clients(); i++) {
                for (int j = 0; j < i; j++) {
                    Speaker one = speakers.get(i);
                    Speaker other = speakers.get(j);
                    one.add(new Neighbor(one, other, true, 0));
                    other.add(new Neighbor(other, one, random.nextBoolean(), 0));
                    adjacencies.add(new Adjacency(one, other));
                }
            }
        }
    }

    private static PeerTemplate present(@Nullable PeerTemplate template) {
        if (template == null) {
            throw new IllegalStateException("no such peer was planned");
        }
        return template;
    }

    private Speaker speaker(int index, boolean external) {
        long as = external ? run.externalAs() : run.as();
        // Speakers that have sessions with each other all have a family in common.
        boolean uniform = shape == Shape.MESHED_CLIENTS && run.families().size() > 1;
        boolean old = !uniform && run.as() <= MAX_TWO_OCTET_AS
                && run.families().contains(Family.IPV4_UNICAST) && random.nextInt(8) == 0;
        boolean fourOctetAs = run.as() > MAX_TWO_OCTET_AS || random.nextInt(6) > 0;
        Set<Family> families = run.families();
        if (!uniform && families.size() > 1 && random.nextInt(6) == 0) {
            families = Set.of(random.nextBoolean() ? Family.IPV4_UNICAST : Family.IPV6_UNICAST);
        }
        SpeakerSettings settings = new SpeakerSettings(as, !old, families, fourOctetAs, random.nextInt(3) == 0,
                random.nextInt(5) > 0, random.nextBoolean(), random.nextBoolean(), random.nextBoolean(),
                switch (random.nextInt(6)) {
                    case 0 -> -1;
                    case 1, 2 -> 0;
                    case 3 -> 2 + random.nextInt(8);
                    default -> 20 + random.nextInt(300);
                },
                random.nextInt(3) > 0,
                old && !external && !run.dynamic() && shape != Shape.MESHED_CLIENTS && random.nextBoolean(),
                run.holdSeconds() * (1 + random.nextInt(2)));
        return new Speaker(world, (external ? "X" : "C") + (index + 1), address(index / 200, index % 200 + 1),
                identifier(), settings, external);
    }

    private int identifier() {
        int identifier = random.nextInt();
        while (identifier == 0 || !identifiers.add(identifier)) {
            identifier = random.nextInt();
        }
        return identifier;
    }

    private InetAddress address(int net, int host) {
        try {
            if (run.ipv6Transport()) {
                byte[] octets = new byte[16];
                octets[0] = (byte) 0xFD;
                octets[13] = (byte) net;
                octets[15] = (byte) host;
                return InetAddress.getByAddress(octets);
            }
            return InetAddress.getByAddress(new byte[]{10, 0, (byte) net, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private void makePrefixes() {
        Set<Prefix> made = new LinkedHashSet<>();
        for (int i = 0; i < run.sharedPrefixes(); i++) {
            made.add(prefix(i));
        }
        shared.addAll(made);
        for (int i = 0; i < speakers.size(); i++) {
            List<Prefix> home = new ArrayList<>();
            for (int k = 0; k < run.ownPrefixes(); k++) {
                if (run.families().contains(Family.IPV4_UNICAST)) {
                    home.add(Prefix.ipv4(0xAC10_0000 + (i << 12) + (k << 6), 26));
                }
                if (run.families().contains(Family.IPV6_UNICAST)) {
                    home.add(Prefix.ipv6(0xFD12_0000_0000_0000L + i, (long) k << 6, 122));
                }
            }
            homes.put(speakers.get(i), home);
        }
    }

    private Prefix prefix(int i) {
        boolean both = run.families().size() > 1;
        boolean ipv6 = both ? random.nextBoolean() : run.families().contains(Family.IPV6_UNICAST);
        if (ipv6) {
            int length = i == 0 ? 0 : i < 4 ? 1 + random.nextInt(128) : random.nextBoolean() ? 128 : 64;
            return Prefix.ipv6(0x2001_0DB8_0000_0000L + i * 0x1_0001L, random.nextLong(), length);
        }
        int length = i == 0 ? 0 : i < 4 ? 1 + random.nextInt(32) : random.nextBoolean() ? 32 : 24;
        return Prefix.ipv4(0x6440_0000 + (i << 8) + random.nextInt(256), length);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(shape).append(", ").append(run).append('\n');
        for (ReflectorNode reflector : reflectors) {
            text.append("  ").append(reflector.name()).append(' ').append(reflector.address().getHostAddress())
                    .append(" id ").append(Integer.toHexString(reflector.routerId())).append(" cluster ")
                    .append(Integer.toHexString(reflector.settings().clusterId())).append(", loops ")
                    .append(reflector.loops().size()).append(", ranges ").append(reflector.settings().ranges().size())
                    .append(", peers");
            for (Member member : reflector.members()) {
                PeerTemplate template = reflector.template(member);
                text.append(' ').append(member.name()).append('/').append(template.role()).append('/')
                        .append(template.connect()).append('/').append(Integer.toHexString(template.clusterId()));
            }
            text.append('\n');
        }
        for (Speaker speaker : speakers) {
            text.append("  ").append(speaker).append(' ').append(speaker.settings()).append('\n');
        }
        return text.toString();
    }
}
