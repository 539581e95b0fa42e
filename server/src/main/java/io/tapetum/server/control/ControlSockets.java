package io.tapetum.server.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.reflector.RunningReflector;

/**
 * The control sockets of a reflector: {@code bird.ctl} for its sessions over IPv4 and {@code bird6.ctl} for those over
 * IPv6, as the two BIRD processes of a calico-node have them.
 */
public final class ControlSockets implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlSockets.class);

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("control timeouts").factory());
    private final List<ControlSocket> sockets = new ArrayList<>();

    private ControlSockets() {
        // A client sets a time-out with every command and cancels the one before.
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Listens, if the directory exists; without it there are no sockets, and nobody is any the worse.
     *
     * @throws IOException if it cannot, or somebody answers there already; the message says where, why and what to do, and
     *             nothing is left open
     */
    public static ControlSockets open(Path directory, RunningReflector reflector) throws IOException {
        return open(directory, reflector, ClientLimits.DEFAULT);
    }

    static ControlSockets open(Path directory, RunningReflector reflector, ClientLimits limits) throws IOException {
        ControlSockets opened = new ControlSockets();
        if (!Files.isDirectory(directory)) {
            log.atDebug().addKeyValue("directory", directory).log("no control sockets: there is no directory {}",
                    directory);
            return opened;
        }
        try {
            opened.add(directory.resolve("bird.ctl"), reflector, false, limits);
            opened.add(directory.resolve("bird6.ctl"), reflector, true, limits);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        log.atInfo().addKeyValue("directory", directory).log("control sockets bird.ctl and bird6.ctl in {}", directory);
        return opened;
    }

    private void add(Path path, RunningReflector reflector, boolean ipv6, ClientLimits limits) throws IOException {
        Console console = new Console(reflector, ipv6, version(), InstantSource.system(), ZoneId.systemDefault());
        sockets.add(ControlSocket.open(path, console, limits, clock));
    }

    /** The version in the jar's manifest; there is none when classes run from a build folder. */
    private static String version() {
        String version = ControlSockets.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Hangs up on all clients and removes the sockets. Idempotent. */
    @Override
    public void close() {
        for (ControlSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                log.atWarn().setCause(e).log("a control socket was not removed");
            }
        }
        sockets.clear();
        clock.shutdownNow();
    }
}
