package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.Membership;
import io.tapetum.core.reflection.UpdateGroups;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** Reads the logs of a reflector's update groups from the head, as a member that has just come does. */
final class GroupReplay {

    private static final int NOBODY = -1;
    private static final int ROUND = 100_000;

    private final World world;
    private final ReflectorNode reflector;
    private final Family family;
    private final PathInspection paths;

    GroupReplay(World world, ReflectorNode reflector, Family family, PathInspection paths) {
        this.world = world;
        this.reflector = reflector;
        this.family = family;
        this.paths = paths;
    }

    /** The groups that there must be, and one member of each. */
    private Map<GroupKey, Member> groups() {
        Map<GroupKey, Member> groups = new LinkedHashMap<>();
        for (Member member : reflector.members()) {
            ReflectorEvent.PeerUp up = reflector.up(member);
            if (up != null && up.negotiated().families().contains(family)) {
                groups.putIfAbsent(GroupKey.of(family, reflector.template(member), up.negotiated(),
                        NextHop.of(reflector.address()), false), member);
            }
        }
        return groups;
    }

    /**
     * Every group's log says what the group is told of, and nothing else.
     *
     * @param choices what the reflector chose
     */
    void inspect(Map<Prefix, ReflectionModel.Choice> choices) {
        UpdateGroups tables = reflector.reflector().tables().groups(family);
        Map<GroupKey, Member> groups = groups();
        if (tables.size() != groups.size()) {
            throw world.failure("%s has %d groups of %s instead of %d", reflector.name(), tables.size(), family,
                    groups.size());
        }
        groups.forEach((key, member) -> {
            if (key.addPathSend() > 0) {
                inspectPaths(tables, key, reflector.template(member), choices.keySet());
                return;
            }
            Map<Prefix, Announcements.Said> expected = new HashMap<>();
            choices.forEach((prefix, choice) -> {
                if (isTold(key, choice)) {
                    expected.put(prefix, choice.said());
                }
            });
            Map<Prefix, Announcements.Said> found = replay(tables, key);
            if (!found.equals(expected)) {
                throw world.failure("%s would tell a new member of the group %s %s instead of %s", reflector.name(),
                        key,
                        found, expected);
            }
        });
    }

    private void inspectPaths(UpdateGroups tables, GroupKey key, PeerTemplate template, Set<Prefix> prefixes) {
        Map<Prefix, List<Announcements.Said>> expected = new HashMap<>();
        for (Prefix prefix : prefixes) {
            List<Announcements.Said> due = paths.best(reflector, template, prefix, key.longLived()).stream()
                    .map(ReflectionModel.Choice::said).sorted(PathInspection.BY_NUMBER).toList();
            if (!due.isEmpty()) {
                expected.put(prefix, due);
            }
        }
        Map<ReceivedRoutes.Key, Announcements.Said> told = new HashMap<>();
        read(tables, key, message -> takePaths(message, told, key.role() != PeerRole.EXTERNAL));
        Map<Prefix, List<Announcements.Said>> found = new HashMap<>();
        told.forEach((path, said) -> {
            List<Announcements.Said> ofPrefix = found.computeIfAbsent(path.prefix(), _ -> new ArrayList<>());
            ofPrefix.add(said);
            ofPrefix.sort(PathInspection.BY_NUMBER);
        });
        if (!found.equals(expected)) {
            throw world.failure("%s would tell a new member of the group %s %s instead of %s", reflector.name(), key,
                    found, expected);
        }
    }

    private boolean isTold(GroupKey key, ReflectionModel.Choice choice) {
        if (choice.stale() && !key.longLived()) {
            return false;
        }
        PeerTemplate source = reflector.template(choice.from());
        return switch (key.role()) {
            case CLIENT -> choice.role() != PeerRole.CLIENT || key.clientToClient()
                    || key.clusterId() != source.clusterId();
            case NON_CLIENT -> choice.role() != PeerRole.NON_CLIENT;
            case EXTERNAL -> true;
        };
    }

    private Map<Prefix, Announcements.Said> replay(UpdateGroups groups, GroupKey key) {
        Map<Prefix, Announcements.Said> told = new HashMap<>();
        read(groups, key, message -> take(message, told, key.role() != PeerRole.EXTERNAL));
        return told;
    }

    private void read(UpdateGroups groups, GroupKey key, Consumer<UpdateParser> messages) {
        ByteBuf octets = Unpooled.buffer(4096);
        Membership member = groups.join(key, reflector.loops().getFirst(), () -> {
        }, NOBODY, new Workspace());
        do {
            member.cursor().gather((segment, offset, length, _) -> octets.writeBytes(segment, offset, length),
                    ROUND);
        } while (!member.cursor().atTail());
        member.leave();
        boolean external = key.role() == PeerRole.EXTERNAL;
        UpdateContext context = (external
                ? UpdateContext.external(reflector.settings().as(), Set.of(family))
                : UpdateContext.internal(reflector.settings().as(), Set.of(family)))
                .withFourOctetAs(key.fourOctetAs())
                .withAddPathReceive(key.addPathSend() > 0 ? Set.of(family) : Set.of());
        UpdateParser parser = new UpdateParser(context, world.announcements().interner());
        while (octets.isReadable()) {
            ByteBuf message = octets.readSlice(
                    octets.getUnsignedShort(octets.readerIndex() + BgpHeader.LENGTH_OFFSET));
            try {
                parser.parse(message);
            } catch (BgpErrorException e) {
                throw world.failure("the log of %s holds a malformed message: %s", key, e.getMessage());
            }
            messages.accept(parser);
        }
    }

    private void takePaths(UpdateParser message, Map<ReceivedRoutes.Key, Announcements.Said> told, boolean internal) {
        PrefixReader withdrawn = family == Family.IPV4_UNICAST && message.unreachableFamily() == null
                ? message.withdrawn()
                : message.unreachable();
        while (withdrawn.next()) {
            told.remove(path(withdrawn));
        }
        PathAttributes classic = message.attributes();
        PathAttributes attributes = classic != null ? classic : message.reachableAttributes();
        if (attributes != null) {
            PrefixReader announced = classic != null ? message.announced() : message.reachable();
            Announcements.Said said = world.announcements().recognise(attributes, internal).said();
            while (announced.next()) {
                told.put(path(announced), said);
            }
        }
    }

    private ReceivedRoutes.Key path(PrefixReader reader) {
        return new ReceivedRoutes.Key(new Prefix(family, reader.high(), reader.low(), reader.length()),
                reader.pathId());
    }

    private void take(UpdateParser message, Map<Prefix, Announcements.Said> told, boolean internal) {
        PrefixReader withdrawn = family == Family.IPV4_UNICAST && message.unreachableFamily() == null
                ? message.withdrawn()
                : message.unreachable();
        while (withdrawn.next()) {
            told.remove(new Prefix(family, withdrawn.high(), withdrawn.low(), withdrawn.length()));
        }
        PathAttributes classic = message.attributes();
        PathAttributes reachable = message.reachableAttributes();
        PathAttributes attributes = classic != null ? classic : reachable;
        if (attributes != null) {
            PrefixReader announced = classic != null ? message.announced() : message.reachable();
            Announcements.Said said = world.announcements().recognise(attributes, internal).said();
            while (announced.next()) {
                told.put(new Prefix(family, announced.high(), announced.low(), announced.length()), said);
            }
        }
    }
}
