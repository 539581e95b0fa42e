package io.tapetum.server.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.logging.RepeatedEvents;

/** One UNIX socket and its clients. Thread-safe. */
final class ControlSocket implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlSocket.class);

    /** Exporters run beside us as other users, and nothing can be changed here. */
    private static final String MODE = "rw-rw-rw-";

    /** Long enough that a lack of file descriptors, say, does not keep a processor busy. */
    private static final long PAUSE_MILLIS = 1000;

    private final Path path;
    private final ServerSocketChannel listener;
    private final @Nullable Object file;
    private final Console console;
    private final ClientLimits limits;
    private final ScheduledExecutorService clock;
    private final Semaphore places;
    private final RepeatedEvents<String> failures = new RepeatedEvents<>(RepeatedEvents.INTERVAL, 10);
    private final Set<ControlClient> clients = ConcurrentHashMap.newKeySet();

    private ControlSocket(Path path, ServerSocketChannel listener, Console console, ClientLimits limits,
            ScheduledExecutorService clock) throws IOException {
        this.path = path;
        this.listener = listener;
        this.file = fileKey(path);
        this.console = console;
        this.limits = limits;
        this.clock = clock;
        this.places = new Semaphore(limits.clients());
    }

    /**
     * Listens.
     *
     * @param path what is there of a process that ended is replaced
     * @param clock for time-outs
     * @throws IOException if it cannot, or if somebody answers there already; the message says where and why
     */
    static ControlSocket open(Path path, Console console, ClientLimits limits, ScheduledExecutorService clock)
            throws IOException {
        removeStale(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
            ControlSocket socket = new ControlSocket(path, listener, console, limits, clock);
            Thread.ofVirtual().name("control " + path.getFileName()).start(socket::accept);
            return socket;
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "no control socket at " + path + ": " + e.getMessage() + "; see that this user may write"
                            + " the folder, or do without: control.directory = off",
                    e);
        }
    }

    private static void removeStale(Path path) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException _) {
            return;
        }
        if (!found.isOther()) {
            throw new FileAlreadyExistsException(path.toString(), null, "is in the way, and no socket; remove it");
        }
        // Non-blocking: a process that hangs would never accept.
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException _) {
            Files.delete(path);
            return;
        }
        throw new FileAlreadyExistsException(path.toString(), null,
                "somebody answers there; is another reflector, or BIRD, running? Give this one another directory");
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                welcome(listener.accept());
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                failures.happened(String.valueOf(e.getMessage())).ifPresent(times -> log.atWarn()
                        .addKeyValue("socket", path)
                        .log("a control client could not be accepted, {}: {}", times, e.getMessage()));
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        if (!places.tryAcquire()) {
            log.atDebug().addKeyValue("socket", path).log("{} control clients are connected; another was hung up on",
                    limits.clients());
            channel.close();
            return;
        }
        ControlClient client = new ControlClient(channel, console, limits, clock, gone -> {
            clients.remove(gone);
            places.release();
        });
        clients.add(client);
        Thread.ofVirtual().name("control client").start(client);
        // Whoever closed the socket meanwhile may not have seen this client.
        if (!listener.isOpen()) {
            client.hangUp();
        }
    }

    /** Hangs up on everybody and removes the socket, unless somebody has put another in its place. */
    @Override
    public void close() throws IOException {
        listener.close();
        clients.forEach(ControlClient::hangUp);
        try {
            if (file != null && file.equals(fileKey(path))) {
                Files.delete(path);
            }
        } catch (NoSuchFileException e) {
            log.atDebug().setCause(e).log("the control socket had been removed already");
        }
    }
}
