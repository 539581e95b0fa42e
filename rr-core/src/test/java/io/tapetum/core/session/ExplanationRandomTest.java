package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.core.inquiry.Candidate;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.RouteReader;
import io.tapetum.core.inquiry.RouteReader.FoundRoute;
import io.tapetum.core.inquiry.RouteView;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.reflection.GroupInsight;
import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.Membership;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.rib.AttributeTable;
import io.tapetum.rib.Path;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.AddPath.PathTuple;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.Prefix;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/**
 * What the reflector explains, against what its peers hold: for every peer and every prefix, whatever its role, its cluster,
 * the communities of the routes and the numbers of paths, once everybody has read everything.
 */
class ExplanationRandomTest {

    private static final int RUNS = Integer.getInteger("tapetum.explanations", 60);
    private static final int PREFIXES = 8;
    private static final String NO_EXPORT = "ffffff01";
    private static final String NO_ADVERTISE = "ffffff02";
    private static final String NO_EXPORT_SUBCONFED = "ffffff03";
    private static final String LLGR_STALE = "ffff0006";
    private static final ExternalPolicy KEEP = new ExternalPolicy(NextHopMode.KEEP, NextHopMode.KEEP, false, 100, true);

    private static final Capability SEVERAL_PATHS = new AddPath(List.of(new PathTuple(1, 1, true, false)));

    /** Who there is. */
    private static final Map<String, SampleTemplate> PEERS = peers();

    private static final Set<String> EXTERNAL = Set.of("10.0.0.9", "10.0.0.10");

    private static Map<String, SampleTemplate> peers() {
        Map<String, SampleTemplate> peers = new LinkedHashMap<>();
        peers.put("10.0.0.1", SampleTemplate.client().extendedMessages(false));
        peers.put("10.0.0.2", SampleTemplate.client());
        peers.put("10.0.0.3", SampleTemplate.client().addPathSend(PeerTemplate.ALL_PATHS));
        peers.put("10.0.0.4", SampleTemplate.client().addPathSend(2));
        peers.put("10.0.0.5", SampleTemplate.client().clusterId(0x02020202).clientToClient(false));
        peers.put("10.0.0.6", SampleTemplate.client().clusterId(0x02020202).clientToClient(false));
        peers.put("10.0.0.7", SampleTemplate.nonClient());
        peers.put("10.0.0.8", SampleTemplate.nonClient().addPathSend(PeerTemplate.ALL_PATHS));
        peers.put("10.0.0.9", SampleTemplate.external().externalPolicy(KEEP));
        peers.put("10.0.0.10", SampleTemplate.external());
        return peers;
    }

    private final Map<Standing, Integer> seen = new LinkedHashMap<>();

    @Test
    void a_prefix_is_said_to_have_been_sent_exactly_to_those_who_hold_it() {
        for (int seed = 1; seed <= RUNS; seed++) {
            try (Run run = new Run(seed)) {
                run.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(seen.keySet()).as("all that can be said when everything is at rest").contains(Standing.SENT,
                Standing.OWN, Standing.WITHHELD, Standing.TOO_LONG, Standing.REFUSED, Standing.NO_PATH,
                Standing.NO_SESSION);
    }

    private final class Run implements AutoCloseable {

        final RandomGenerator random;
        final TestReflector reflector = new TestReflector();
        final Map<String, @Nullable RemoteEnd> ends = new LinkedHashMap<>();
        /** What the peers announced last, whether it may be used or not. */
        final Map<String, Set<String>> said = new LinkedHashMap<>();

        Run(int seed) {
            random = new SplittableRandom(seed);
            PEERS.forEach(reflector::peer);
            reflector.start();
            PEERS.keySet().forEach(this::connect);
        }

        void run() {
            for (int round = 0; round < 6; round++) {
                int steps = 1 + random.nextInt(30);
                for (int i = 0; i < steps; i++) {
                    step();
                }
                settle();
                PEERS.keySet().forEach(this::check);
            }
        }

        void step() {
            String peer = List.copyOf(PEERS.keySet()).get(random.nextInt(PEERS.size()));
            RemoteEnd end = ends.get(peer);
            if (end == null) {
                connect(peer);
                return;
            }
            switch (random.nextInt(20)) {
                case 0 -> {
                    end.lose();
                    reflector.run();
                    ends.put(peer, null);
                    said.remove(peer);
                }
                case 1, 2 -> end.connection().stall();
                case 3 -> end.requestRefresh(Family.IPV4_UNICAST);
                case 4, 5, 6, 7 -> {
                    String prefix = prefix();
                    end.send(RawUpdate.withdrawal(prefix));
                    said(peer).remove(prefix);
                }
                default -> announce(peer, end);
            }
        }

        void connect(String peer) {
            List<Capability> capabilities = new ArrayList<>();
            capabilities.add(new Capability.RouteRefreshCapability());
            if (random.nextInt(4) > 0) {
                capabilities.add(SEVERAL_PATHS);
            }
            if (random.nextBoolean()) {
                capabilities.add(new Capability.ExtendedMessage());
            }
            ends.put(peer, reflector.connect(peer).establish(capabilities.toArray(Capability[]::new)));
        }

        void announce(String peer, RemoteEnd end) {
            String prefix = prefix();
            boolean external = EXTERNAL.contains(peer);
            RawUpdate update = RawUpdate.update().attribute(0x40, 1, "0" + random.nextInt(3))
                    .attribute(0x40, 2, external ? "0201" + "0000fde9" : "").nextHop(peer)
                    .localPref(100 + random.nextInt(3));
            switch (random.nextInt(12)) {
                case 0 -> update.attribute(0xC0, 8, NO_ADVERTISE);
                case 1 -> update.attribute(0xC0, 8, NO_EXPORT);
                case 2 -> update.attribute(0xC0, 8, NO_EXPORT_SUBCONFED);
                case 3 -> update.attribute(0xC0, 8, LLGR_STALE);
                case 4 -> update.attribute(0x80, 10, "01010101");
                case 5 -> update.attribute(0x80, 9, "01010101");
                case 6 -> update.attribute(0xC0, 8, "ff");
                case 7 -> {
                    int room = 4096 - update.announced(prefix).frame().readableBytes() - 4;
                    end.send(update.attribute(0xC0, 8, "fde80001".repeat(room / 4)));
                    said(peer).add(prefix);
                    return;
                }
                default -> {
                    // An ordinary route.
                }
            }
            end.send(update.announced(prefix));
            said(peer).add(prefix);
        }

        String prefix() {
            return "10.%d.0.0/16".formatted(100 + random.nextInt(PREFIXES));
        }

        Set<String> said(String peer) {
            return said.computeIfAbsent(peer, _ -> new TreeSet<>());
        }

        /** Everybody reads what there is. */
        void settle() {
            for (int i = 0; i < 3; i++) {
                for (RemoteEnd end : ends.values()) {
                    if (end != null) {
                        end.connection().takeAll();
                        end.writabilityChanged();
                    }
                }
                reflector.run();
            }
        }

        void check(String address) {
            RemoteEnd end = ends.get(address);
            Peer peer = reflector.reflector().supervision().peers(address).getFirst();
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < PREFIXES; i++) {
                String text = "10.%d.0.0/16".formatted(100 + i);
                Findings findings = explain(peer, text);
                seen.merge(findings.standing(), 1, Integer::sum);
                String what = address + " and " + text + ": " + findings;
                if (end == null) {
                    assertThat(findings.standing()).as(what).isEqualTo(Standing.NO_SESSION);
                    continue;
                }
                long held = end.routes().keySet().stream()
                        .filter(key -> key.equals(text) || key.startsWith(text + " ")).count();
                long toldOf = findings.candidates().stream()
                        .filter(candidate -> candidate.standing(false) == Standing.SENT).count();
                assertThat(toldOf).as(what).isEqualTo(held);
                assertThat(findings.standing() == Standing.SENT).as(what).isEqualTo(held > 0);
                checkReason(findings, address, text, what);
                if (held > 0) {
                    sent.add(text);
                }
            }
            checkAdvertised(peer, sent);
        }

        private void checkReason(Findings findings, String address, String prefix, String what) {
            boolean own = !findings.paths().isEmpty() && findings.candidates().stream().anyMatch(Candidate::own);
            boolean announcedByAny = said.values().stream().anyMatch(prefixes -> prefixes.contains(prefix));
            switch (findings.standing()) {
                case OWN -> {
                    assertThat(own).as(what).isTrue();
                    assertThat(said(address)).as(what).contains(prefix);
                }
                case NO_PATH -> assertThat(announcedByAny).as(what).isFalse();
                case REFUSED -> assertThat(announcedByAny && findings.paths().isEmpty()).as(what).isTrue();
                case SENT, WITHHELD, TOO_LONG -> assertThat(findings.paths()).as(what).isNotEmpty();
                case ON_ITS_WAY, NO_SESSION, NOT_NEGOTIATED -> throw new AssertionError(what);
            }
            // Whatever was announced is either in the table or remembered as refused.
            long announcers = said.entrySet().stream().filter(entry -> entry.getValue().contains(prefix)).count();
            assertThat(findings.paths().size() + findings.refused().size()).as(what).isEqualTo((int) announcers);
        }

        private void checkAdvertised(Peer peer, List<String> sent) {
            GroupInsight group = peer.group(Family.IPV4_UNICAST);
            if (group == null) {
                return;
            }
            RouteReader reader = new RouteReader(reflector.reflector().tables());
            RouteView view = new RouteView.Advertised(peer.id(), group);
            List<String> advertised = reader.page(view, Family.IPV4_UNICAST, null, null, 1000).routes().stream()
                    .map(route -> route.prefix().toString()).sorted().toList();
            assertThat(advertised).as("the log from its head, as %s reads it", peer.settings().name())
                    .isEqualTo(List.copyOf(replayed(peer, group.key())));
            assertThat(advertised).as("advertised to %s", peer.settings().name()).isEqualTo(sent);
            for (String prefix : sent) {
                FoundRoute route = reader.exact(view, Prefix.parse(prefix).orElseThrow()).orElseThrow();
                assertThat(route.paths()).extracting(Path::source).extracting(source -> source.peerId())
                        .doesNotContain(peer.id());
            }
        }

        /** The prefixes that a new session of the peer would hold when it has read the log of its group. */
        private Set<String> replayed(Peer peer, GroupKey key) {
            ByteBuf octets = Unpooled.buffer();
            Membership member = reflector.reflector().tables().groups(Family.IPV4_UNICAST).join(key, reflector.loop,
                    () -> {
                    }, peer.id(), new Workspace());
            do {
                member.cursor().gather((segment, offset, length, _) -> octets.writeBytes(segment, offset, length),
                        1 << 20);
            } while (!member.cursor().atTail());
            member.leave();
            UpdateContext context = (peer.settings().template().role() == PeerRole.EXTERNAL
                    ? UpdateContext.external(SampleTemplate.AS, Set.of(Family.IPV4_UNICAST))
                    : UpdateContext.internal(SampleTemplate.AS, Set.of(Family.IPV4_UNICAST)))
                    .withAddPathReceive(key.addPathSend() > 0 ? Set.of(Family.IPV4_UNICAST) : Set.of());
            UpdateParser parser = new UpdateParser(context, new AttributeTable());
            Set<String> paths = new TreeSet<>();
            while (octets.isReadable()) {
                int length = octets.getUnsignedShort(octets.readerIndex() + BgpHeader.LENGTH_OFFSET);
                read(parser, octets.readSlice(length), paths);
            }
            return paths.stream().map(path -> path.substring(0, path.indexOf(' ')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static void read(UpdateParser parser, ByteBuf message, Set<String> paths) {
            try {
                parser.parse(message);
            } catch (BgpErrorException e) {
                throw new AssertionError("a log holds what cannot be read", e);
            }
            PrefixReader withdrawn = parser.withdrawn();
            while (withdrawn.next()) {
                paths.remove(path(withdrawn));
            }
            PrefixReader announced = parser.announced();
            while (announced.next()) {
                paths.add(path(announced));
            }
        }

        private static String path(PrefixReader path) {
            return new Prefix(Family.IPV4_UNICAST, path.high(), path.low(), path.length()) + " " + path.pathId();
        }

        Findings explain(Peer peer, String prefix) {
            var answer = reflector.reflector().supervision().find(peer, Prefix.parse(prefix).orElseThrow());
            reflector.run();
            return answer.join();
        }

        @Override
        public void close() {
            reflector.close();
        }
    }
}
