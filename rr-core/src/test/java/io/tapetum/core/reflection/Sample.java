package io.tapetum.core.reflection;

import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.session.SampleTemplate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.AttributeTable;
import io.tapetum.rib.Path;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeEditor;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** Paths as a session would have received them, and keys of groups. */
final class Sample {

    static final int CLUSTER = SampleTemplate.CLUSTER;
    static final int OTHER_CLUSTER = 0x02020202;
    /** The BGP Identifier of every source, which is not its address. */
    static final int IDENTIFIER = 0x07070707;

    private Sample() {}

    static RouteSource source(RouteSource.Kind kind, int clusterId) {
        return new RouteSource(1, 1, kind, IDENTIFIER, 0, 0xFFFF_0A00_0001L, clusterId);
    }

    static RouteSource source(RouteSource.Kind kind) {
        return source(kind, CLUSTER);
    }

    /** The attributes of the first route of an UPDATE from a peer of this kind. */
    static PathAttributes attributes(RouteSource.Kind kind, RawUpdate update) {
        Set<Family> families = Set.of(Family.values());
        UpdateContext context = kind.isInternal()
                ? UpdateContext.internal(SampleTemplate.AS, families)
                : UpdateContext.external(SampleTemplate.EXTERNAL_AS, families).withEnforceFirstAs(false);
        UpdateParser parser = new UpdateParser(context.withExtendedNextHop(true), new AttributeTable());
        try {
            parser.parse(update.frame());
        } catch (BgpErrorException e) {
            throw new IllegalArgumentException(e);
        }
        PathAttributes classic = parser.attributes();
        PathAttributes attributes = classic != null ? classic : parser.reachableAttributes();
        if (attributes == null) {
            throw new IllegalArgumentException("no route: " + parser.errors());
        }
        return attributes;
    }

    /** The route of an UPDATE as best path. */
    static Path path(RouteSource source, RawUpdate update) {
        PathAttributes attributes = attributes(source.kind(), update);
        AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, 1);
        table.announce(source, 0, 0, 0, 0, attributes, new RibChanges());
        Path best = table.best(0, 0, 0);
        if (best == null) {
            throw new AssertionError("an announced path is the best of one");
        }
        return best;
    }

    static GroupKey key(Family family, PeerRole role) {
        return new GroupKey(family, role, role == PeerRole.CLIENT ? CLUSTER : 0, role == PeerRole.CLIENT,
                role == PeerRole.EXTERNAL ? SampleTemplate.AS : 0, true,
                BgpHeader.MAX_LENGTH, false, 0, null, role == PeerRole.EXTERNAL, false, false);
    }

    static GroupKey clients(Family family, int clusterId, boolean clientToClient) {
        return new GroupKey(family, PeerRole.CLIENT, clusterId, clientToClient, 0, true, BgpHeader.MAX_LENGTH, false,
                0, null, false, false, false);
    }

    static GroupKey withSelf(GroupKey k, NextHop self) {
        return new GroupKey(k.family(), k.role(), k.clusterId(), k.clientToClient(), k.localAs(), k.fourOctetAs(),
                k.maxMessageLength(), k.ipv6NextHops(), k.addPathSend(), self, false, k.sendMed(), k.longLived());
    }

    static GroupKey withIpv6NextHops(GroupKey k) {
        return new GroupKey(k.family(), k.role(), k.clusterId(), k.clientToClient(), k.localAs(), k.fourOctetAs(),
                k.maxMessageLength(), true, k.addPathSend(), k.selfNextHop(), k.keepNextHop(), k.sendMed(),
                k.longLived());
    }

    static GroupKey withAllPaths(GroupKey k) {
        return new GroupKey(k.family(), k.role(), k.clusterId(), k.clientToClient(), k.localAs(), k.fourOctetAs(),
                k.maxMessageLength(), k.ipv6NextHops(), Integer.MAX_VALUE, k.selfNextHop(), k.keepNextHop(),
                k.sendMed(), k.longLived());
    }

    static GroupKey withMed(GroupKey k) {
        return new GroupKey(k.family(), k.role(), k.clusterId(), k.clientToClient(), k.localAs(), k.fourOctetAs(),
                k.maxMessageLength(), k.ipv6NextHops(), k.addPathSend(), k.selfNextHop(), k.keepNextHop(), true,
                k.longLived());
    }

    static GroupKey longLived(GroupKey k) {
        return new GroupKey(k.family(), k.role(), k.clusterId(), k.clientToClient(), k.localAs(), k.fourOctetAs(),
                k.maxMessageLength(), k.ipv6NextHops(), k.addPathSend(), k.selfNextHop(), k.keepNextHop(), k.sendMed(),
                true);
    }

    static boolean admits(GroupKey key, Path best) {
        return new EgressRules(key).admits(best.source(), best.attributes());
    }

    static EgressVerdict verdict(GroupKey key, Path best) {
        return new EgressRules(key).verdict(best.source(), best.attributes());
    }

    /** The attribute block a path is sent with, in hex. */
    static String written(GroupKey key, Path best) {
        ByteBuf out = Unpooled.buffer();
        new EgressRules(key).write(best.source(), best.attributes(), new AttributeEditor(), out);
        return ByteBufUtil.hexDump(out);
    }

    /** The next hop a path is sent with. */
    static NextHop nextHop(GroupKey key, Path best) {
        return new EgressRules(key).write(best.source(), best.attributes(), new AttributeEditor(),
                Unpooled.buffer());
    }
}
