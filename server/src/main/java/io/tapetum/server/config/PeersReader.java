package io.tapetum.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.server.config.Section.Entry;

/** Reads groups, peers and ranges, and that no two of them are the same. */
final class PeersReader {

    /** The group of peers that name none. */
    private static final String NO_GROUP = "default";

    /** About as many sessions as a process may have open files on a usual host. */
    private static final int DEFAULT_RANGE_LIMIT = 20_000;

    private static final Kind<Integer> LIMIT = Kinds.integer(1, 1_000_000);

    /** A network in CIDR notation. */
    private record Network(InetAddress address, int prefixLength) {

        /** Without the bits behind the prefix length. */
        private Network masked() {
            byte[] octets = address.getAddress();
            for (int bit = prefixLength; bit < octets.length * 8; bit++) {
                octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            }
            try {
                return new Network(InetAddress.getByAddress(octets), prefixLength);
            } catch (UnknownHostException e) {
                throw new AssertionError("four or sixteen octets are an address", e);
            }
        }

        private boolean contains(Network other) {
            return prefixLength < other.prefixLength
                    && new Network(other.address, prefixLength).masked().equals(masked());
        }

        @Override
        public String toString() {
            return address.getHostAddress() + "/" + prefixLength;
        }
    }

    /** Who connects from where, and whether with a key. */
    private record Claim(Network network, boolean signed, Section section) {}

    private static final Kind<Network> NETWORK = new Kind<>(
            "a network such as 10.0.0.0/8 (0 to 32) or fd00::/8 (0 to 128)",
            new Network(InetAddress.getLoopbackAddress(), 0), PeersReader::network);

    private final TemplateReader templates;
    private final Section defaults;
    private final Map<String, Section> groups = new HashMap<>();
    private final Map<String, ConfigOrigin> names = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final Problems problems;

    PeersReader(Section root, TemplateReader templates, Problems problems) {
        this.templates = templates;
        this.problems = problems;
        this.defaults = root.section("peer-defaults");
        defaults.refuseKeysOtherThan(Schema.TEMPLATE);
        templates.check(defaults);
        readGroups(root.section("peer-groups"));
    }

    private void readGroups(Section section) {
        for (String name : section.keys()) {
            Entry entry = section.find(name);
            if (entry == null || !(entry.value() instanceof ConfigObject object)) {
                if (entry != null) {
                    problems.badValue(entry.path(), entry.value(), "a block { … }");
                }
                continue;
            }
            if (name.equals(NO_GROUP)) {
                problems.add(object.origin(), entry.path() + ": the name " + NO_GROUP
                        + " is taken by peers without a group; expected another");
            }
            Section group = Section.of(entry.path(), object, problems);
            group.refuseKeysOtherThan(Schema.TEMPLATE);
            Section layered = group.over(defaults);
            templates.check(layered);
            groups.put(name, layered);
        }
    }

    /** The peers given one by one. */
    List<PeerSettings> peers(Section root) {
        List<PeerSettings> peers = new ArrayList<>();
        Map<InetAddress, ConfigOrigin> seen = new HashMap<>();
        for (Section section : root.sections("peers")) {
            section.refuseKeysOtherThan(Schema.PEER);
            Section layered = section.over(lower(section));
            PeerTemplate template = templates.read(layered, group(section));
            InetAddress address = section.read("address", Kinds.UNICAST_ADDRESS);
            int port = layered.get("port", Kinds.PORT);
            if (address != null) {
                once(section, "address", address, seen);
                String name = section.get("name", Kinds.NAME, address.getHostAddress());
                nameOnce(section, name);
                peers.add(new PeerSettings(name, address, localAddress(section, address), port, template));
                claims.add(new Claim(new Network(address, address.getAddress().length * 8),
                        template.protection().isSigned(), section));
            }
        }
        return peers;
    }

    /** From where peers are welcome that were not given one by one. */
    List<DynamicRange> ranges(Section root) {
        List<DynamicRange> ranges = new ArrayList<>();
        Map<Network, ConfigOrigin> seen = new HashMap<>();
        for (Section section : root.sections("dynamic-peers")) {
            section.refuseKeysOtherThan(Schema.RANGE);
            PeerTemplate template = templates.read(section.over(lower(section)), group(section));
            if (section.says("connect") && template.connect() != ConnectMode.PASSIVE) {
                Entry connect = section.find("connect");
                if (connect != null) {
                    problems.badValue(connect.path(), connect.value(),
                            "passive: nobody knows which addresses of a range to connect to");
                }
            }
            int limit = section.get("limit", LIMIT, DEFAULT_RANGE_LIMIT);
            Network network = section.read("range", NETWORK);
            if (network != null) {
                canonical(section, network);
                once(section, "range", network, seen);
                String name = section.get("name", Kinds.NAME, network.toString());
                nameOnce(section, name);
                ranges.add(new DynamicRange(name, network.address(), network.prefixLength(), limit,
                        passive(template)));
                claims.add(new Claim(network, template.protection().isSigned(), section));
            }
        }
        return ranges;
    }

    /** To be called when all have been read: the kernel asks everybody in a range for its key, and can make no exception. */
    void refuseUnsignedInsideOfSigned() {
        claims.stream().filter(claim -> !claim.signed()).forEach(unsigned -> claims.stream()
                .filter(claim -> claim.signed() && claim.network().contains(unsigned.network())).findFirst()
                .ifPresent(range -> problems.add(unsigned.section().origin(), unsigned.section().path()
                        + ": expected a tcp-md5-key, because " + range.section().path() + " has one, for "
                        + range.network() + ", which contains " + unsigned.network()
                        + "; the kernel makes no exceptions from a range")));
    }

    /**
     * What peers from elsewhere have in common: the group that the section names.
     *
     * @param used whether there are such peers, to whom it matters that the values go together
     */
    PeerTemplate template(Section section, boolean used) {
        Section layered = lower(section);
        if (used) {
            templates.checkTimers(layered);
        }
        return templates.readWithoutRole(layered, group(section));
    }

    /** What lies below a peer or range: its group, or else the defaults. */
    private Section lower(Section section) {
        Entry entry = section.find("group");
        if (entry == null) {
            return defaults;
        }
        String name = Section.read(entry, Kinds.NAME, problems);
        if (NO_GROUP.equals(name)) {
            return defaults;
        }
        Section group = name == null ? null : groups.get(name);
        if (group != null) {
            return group;
        }
        if (name != null) {
            String similar = Schema.similar(name, groups.keySet());
            String advice = similar != null ? "; did you mean " + similar + "?" : "";
            problems.badValue(entry.path(), entry.value(), "the name of a group in tapetum.peer-groups" + advice);
        }
        return defaults;
    }

    private static String group(Section section) {
        Entry entry = section.find("group");
        return entry == null ? NO_GROUP : String.valueOf(entry.value().unwrapped());
    }

    private @Nullable InetAddress localAddress(Section section, InetAddress address) {
        Entry entry = section.find("local-address");
        if (entry == null) {
            return null;
        }
        InetAddress local = Section.read(entry, Kinds.UNICAST_ADDRESS, problems);
        if (local != null && local.getAddress().length != address.getAddress().length) {
            problems.badValue(entry.path(), entry.value(),
                    "an address of the same family as the peer's, which is " + address.getHostAddress());
        }
        return local;
    }

    private void canonical(Section section, Network network) {
        Entry entry = section.find("range");
        if (entry != null && !network.masked().equals(network)) {
            problems.badValue(entry.path(), entry.value(), "no bits behind the prefix length: " + network.masked());
        }
    }

    private <T> void once(Section section, String key, T value, Map<T, ConfigOrigin> seen) {
        Entry entry = section.find(key);
        if (entry == null) {
            return;
        }
        ConfigOrigin first = seen.putIfAbsent(value, entry.value().origin());
        if (first != null) {
            problems.badValue(entry.path(), entry.value(),
                    "every " + key + " once; it stands at " + problems.place(first) + " already");
        }
    }

    /** Names tell sessions apart in logs and tables. A name that was left out cannot collide: it is an address. */
    private void nameOnce(Section section, String name) {
        if (section.says("name")) {
            once(section, "name", name, names);
        }
    }

    private static PeerTemplate passive(PeerTemplate t) {
        return new PeerTemplate(t.group(), t.localAs(), t.remoteAs(), t.role(), t.clusterId(), t.clientToClient(),
                t.families(),
                ConnectMode.PASSIVE, t.ttl(), t.extendedMessages(), t.addPathReceive(), t.addPathSend(),
                t.extendedNextHop(),
                t.gracefulRestartSeconds(), t.longLivedStaleSeconds(), t.timers(), t.maximumPrefixes(), t.external(),
                t.protection());
    }

    private static @Nullable Network network(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        InetAddress address = Kinds.address(text.substring(0, slash));
        if (address == null) {
            return null;
        }
        Integer length = Kinds.integer(0, address.getAddress().length * 8).parse().apply(text.substring(slash + 1));
        return length == null ? null : new Network(address, length);
    }
}
