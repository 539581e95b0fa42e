package io.tapetum.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.delay.LatencySnapshot;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.wire.nlri.Prefix;

/**
 * The reflector as operators see it, who may ask before there is one: while its peers are being read it has no sessions,
 * but they want to know what it waits for.
 */
final class ServedReflector implements RunningReflector {

    private static final LatencySnapshot NOTHING = new LatencySnapshot(List.of(), List.of(), 0);
    private static final Delays NO_DELAYS = new Delays(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);

    private final @Nullable PeerSource source;
    private final ReflectorStatus starting;

    // Set once, when the reflector listens; whoever asks a moment later is told that it starts.
    private volatile @Nullable RunningReflector running;

    ServedReflector(ServerSettings settings, @Nullable PeerSource source) {
        this.source = source;
        Instant now = Instant.now();
        this.starting = new ReflectorStatus(NetUtil.intToIpAddress(settings.reflector().routerId()), now, now, null);
    }

    /** From now on there is one. */
    void is(RunningReflector reflector) {
        running = reflector;
    }

    /** Whether there is one by now, which listens. */
    boolean listens() {
        return running != null;
    }

    @Override
    public void drain(String message) {
        RunningReflector reflector = running;
        if (reflector != null) {
            reflector.drain(message);
        }
    }

    @Override
    public void reconcile(DesiredPeers desired) {
        RunningReflector reflector = running;
        if (reflector != null) {
            reflector.reconcile(desired);
        }
    }

    @Override
    public Stream<SessionStatus> eachSession() {
        RunningReflector reflector = running;
        return reflector == null ? Stream.empty() : reflector.eachSession();
    }

    @Override
    public ReflectorStatus status() {
        RunningReflector reflector = running;
        return reflector == null ? starting : reflector.status();
    }

    @Override
    public List<GroupStatus> groups() {
        RunningReflector reflector = running;
        return reflector == null ? List.of() : reflector.groups();
    }

    @Override
    public TableStatus tables() {
        RunningReflector reflector = running;
        return reflector == null ? new TableStatus(Map.of(), 0) : reflector.tables();
    }

    @Override
    public Delays delays() {
        RunningReflector reflector = running;
        return reflector == null ? NO_DELAYS : reflector.delays();
    }

    @Override
    public Duration silence() {
        RunningReflector reflector = running;
        return reflector == null ? Duration.ZERO : reflector.silence();
    }

    @Override
    public RoutePage routes(RouteQuery query) throws UnknownPeerException {
        RunningReflector reflector = running;
        if (reflector != null) {
            return reflector.routes(query);
        }
        refuse(query.peer());
        return new RoutePage(List.of(), null);
    }

    @Override
    public Explanation explain(String peer, Prefix prefix) throws UnknownPeerException {
        RunningReflector reflector = running;
        if (reflector == null) {
            throw new UnknownPeerException(peer);
        }
        return reflector.explain(peer, prefix);
    }

    @Override
    public Optional<PrefixHistory> history(Prefix prefix) {
        RunningReflector reflector = running;
        return reflector == null ? Optional.empty() : reflector.history(prefix);
    }

    @Override
    public boolean follow(Prefix prefix) {
        RunningReflector reflector = running;
        return reflector != null && reflector.follow(prefix);
    }

    @Override
    public int clear(String peer, Clear what, String message) throws UnknownPeerException {
        RunningReflector reflector = running;
        return reflector == null ? nobody(peer) : reflector.clear(peer, what, message);
    }

    @Override
    public int shutdown(String peer, String message) throws UnknownPeerException {
        RunningReflector reflector = running;
        return reflector == null ? nobody(peer) : reflector.shutdown(peer, message);
    }

    @Override
    public int start(String peer) throws UnknownPeerException {
        RunningReflector reflector = running;
        return reflector == null ? nobody(peer) : reflector.start(peer);
    }

    private static int nobody(String peer) throws UnknownPeerException {
        if (!peer.equals(ALL)) {
            throw new UnknownPeerException(peer);
        }
        return 0;
    }

    private static void refuse(@Nullable String peer) throws UnknownPeerException {
        if (peer != null) {
            throw new UnknownPeerException(peer);
        }
    }

    @Override
    public List<SourceStatus> sources() {
        return source == null ? List.of() : List.of(source.status());
    }

    @Override
    public void close() {
        RunningReflector reflector = running;
        if (reflector != null) {
            reflector.close();
        }
    }
}
