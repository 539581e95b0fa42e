package io.tapetum.server.cli;

import java.time.Instant;
import java.util.List;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.source.SourceStatus;

/**
 * The reflector as operators see it, who may ask before there is one: while its peers are being read it has no sessions,
 * but they want to know what it waits for.
 */
final class ServedReflector implements RunningReflector {

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
    public List<SessionStatus> sessions() {
        RunningReflector reflector = running;
        return reflector == null ? List.of() : reflector.sessions();
    }

    @Override
    public ReflectorStatus status() {
        RunningReflector reflector = running;
        return reflector == null ? starting : reflector.status();
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
