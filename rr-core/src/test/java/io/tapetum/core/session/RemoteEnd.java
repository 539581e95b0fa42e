package io.tapetum.core.session;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.rib.AttributeTable;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.capability.Capabilities;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageDecoder;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.message.RouteRefresh;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;
import io.tapetum.wire.update.UpdateWriter;

/**
 * The far end of a connection: says what a test wants, and keeps a diary of what it hears, one line for every route and
 * message: {@code +10.0.0.0/24}, {@code -10.0.0.0/24}, with {@code id 1} where there are path identifiers, {@code EoR IPV4_UNICAST}, {@code BoRR IPV4_UNICAST}, {@code REFRESH IPV4_UNICAST},
 * {@code NOTIFICATION 6/1}.
 */
final class RemoteEnd {

    private final TestReflector reflector;
    private final InetAddress address;
    private final MemoryConnection connection;
    private final ConnectionHandler handler;
    private final UpdateContext context;
    private final boolean severalPaths;
    private UpdateParser parser;
    private boolean pathIds;
    private final boolean external;
    private final Map<String, PathAttributes> routes = new TreeMap<>();
    private final List<String> diary = new ArrayList<>();
    private final WireTally said = new WireTally();

    RemoteEnd(TestReflector reflector, InetAddress address, PeerTemplate template, MemoryConnection connection,
            ConnectionHandler handler) {
        this.reflector = reflector;
        this.address = address;
        this.connection = connection;
        this.handler = handler;
        this.external = template.role() == PeerRole.EXTERNAL;
        this.severalPaths = template.addPathSend() > 0;
        this.context = external
                ? UpdateContext.external(SampleTemplate.AS, template.families())
                : UpdateContext.internal(SampleTemplate.AS, template.families());
        this.parser = new UpdateParser(context, new AttributeTable());
    }

    MemoryConnection connection() {
        return connection;
    }

    /** Exchanges OPENs and KEEPALIVEs; the BGP Identifier is the address, or 10.9.9.9 for an IPv6 address. */
    RemoteEnd establish(Capability... capabilities) {
        byte[] octets = address.getAddress();
        int identifier = octets.length == 4 ? Unpooled.wrappedBuffer(octets).readInt() : 0x0a090909;
        return establishAs(identifier, capabilities);
    }

    RemoteEnd establishAs(int identifier, Capability... capabilities) {
        establishNow(identifier, capabilities);
        reflector.run();
        return this;
    }

    /** The same while tasks of the loop wait. */
    RemoteEnd establishNow(int identifier, Capability... capabilities) {
        long as = external ? SampleTemplate.EXTERNAL_AS : SampleTemplate.AS;
        List<Capability> all = new ArrayList<>(List.of(capabilities));
        all.add(new Capability.FourOctetAs(as));
        if (all.stream().noneMatch(Capability.Multiprotocol.class::isInstance)) {
            all.add(new Capability.Multiprotocol(1, 1));
        }
        Set<Family> withPathIds = EnumSet.noneOf(Family.class);
        for (Family family : Family.values()) {
            if (severalPaths && new Capabilities(all).addPath(family).filter(AddPath.PathTuple::receive).isPresent()) {
                withPathIds.add(family);
            }
        }
        pathIds = !withPathIds.isEmpty();
        parser = new UpdateParser(context.withAddPathReceive(withPathIds), new AttributeTable());
        send(new Open(Open.VERSION, (int) as, 90, identifier, all));
        send(Keepalive.INSTANCE);
        return this;
    }

    void send(Message message) {
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(message, octets);
        receivedNow(octets);
    }

    void send(RawUpdate update) {
        received(update.frame());
    }

    /** The reflector receives these octets. */
    void received(ByteBuf frame) {
        receivedNow(frame);
        reflector.run();
    }

    /** The same while tasks of the loop wait. */
    void receivedNow(ByteBuf frame) {
        said.count(frame);
        handler.received(frame);
    }

    void sendEndOfRib(Family family) {
        ByteBuf octets = Unpooled.buffer();
        UpdateWriter.writeEndOfRib(octets, family);
        received(octets);
    }

    void requestRefresh(Family family) {
        send(new RouteRefresh(family.afi(), RouteRefresh.REQUEST, family.safi()));
        reflector.run();
    }

    /** Everything said so far. */
    Traffic said() {
        return said.traffic();
    }

    /** Everything that the reflector has sent so far. */
    Traffic wasTold() {
        return connection.traffic();
    }

    /** TCP breaks. */
    void lose() {
        handler.closed();
    }

    void writabilityChanged() {
        handler.writabilityChanged();
        reflector.run();
    }

    /** What was heard since this was asked last, without OPENs and KEEPALIVEs. */
    List<String> heard() {
        diary.clear();
        try {
            for (ByteBuf message : connection.messages()) {
                read(message);
            }
        } catch (BgpErrorException e) {
            throw new AssertionError("the reflector sent what cannot be read", e);
        }
        return List.copyOf(diary);
    }

    /** The attributes of every route held now, by prefix. */
    Map<String, PathAttributes> routes() {
        List<String> before = List.copyOf(diary);
        heard();
        diary.addAll(0, before);
        return routes;
    }

    private void read(ByteBuf message) throws BgpErrorException {
        if (message.getByte(BgpHeader.TYPE_OFFSET) == BgpHeader.UPDATE) {
            readUpdate(message);
            return;
        }
        switch (MessageDecoder.read(message)) {
            case RouteRefresh refresh -> {
                String name = switch (refresh.subtype()) {
                    case RouteRefresh.REQUEST -> "REFRESH ";
                    case RouteRefresh.BEGINNING -> "BoRR ";
                    default -> "EoRR ";
                };
                diary.add(name + Family.of(refresh.afi(), refresh.safi()));
            }
            case Notification notification ->
                diary.add("NOTIFICATION " + notification.code() + "/" + notification.subcode());
            case Open _,Keepalive _ -> {
                // Of no interest here.
            }
        }
    }

    private void readUpdate(ByteBuf message) throws BgpErrorException {
        parser.parse(message);
        if (!parser.errors().isEmpty()) {
            throw new AssertionError("the reflector sent an UPDATE with errors: " + parser.errors());
        }
        if (parser.endOfRib() != null) {
            diary.add("EoR " + parser.endOfRib());
            return;
        }
        withdrawn(Family.IPV4_UNICAST, parser.withdrawn());
        withdrawn(Family.IPV6_UNICAST, parser.unreachable());
        announced(Family.IPV4_UNICAST, parser.announced(), parser.attributes());
        announced(Family.IPV6_UNICAST, parser.reachable(), parser.reachableAttributes());
    }

    private String show(Family family, PrefixReader prefixes) {
        String prefix = Prefixes.toString(family, prefixes.high(), prefixes.low(), prefixes.length());
        return pathIds ? prefix + " id " + prefixes.pathId() : prefix;
    }

    private void withdrawn(Family family, PrefixReader prefixes) {
        while (prefixes.next()) {
            String prefix = show(family, prefixes);
            routes.remove(prefix);
            diary.add("-" + prefix);
        }
    }

    private void announced(Family family, PrefixReader prefixes, @Nullable PathAttributes attributes) {
        while (prefixes.next()) {
            String prefix = show(family, prefixes);
            if (attributes == null) {
                throw new AssertionError("routes without attributes");
            }
            routes.put(prefix, attributes);
            diary.add("+" + prefix);
        }
    }
}
