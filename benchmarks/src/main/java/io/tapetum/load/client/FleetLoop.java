package io.tapetum.load.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;

import io.tapetum.load.route.Addresses;
import io.tapetum.load.route.RouteBook;
import io.tapetum.load.verify.Tally;
import io.tapetum.load.verify.UpdateCheck;
import io.tapetum.load.verify.View;
import io.tapetum.wire.BgpHeader;

/**
 * The event loop of a fleet, and all that happens on it: connecting, and what clients report. Everything but the
 * constructor and {@link #close} is called on that loop.
 */
final class FleetLoop implements AutoCloseable {

    /** An attempt to connect is given up after this time: a SYN or an OPEN was lost in an overflowing queue. */
    private static final int ATTEMPT_SECONDS = 20;
    private static final int RETRY_MILLIS = 250;
    private static final int TICK_SECONDS = 20;

    private final InetSocketAddress target;
    private final RouteBook book;
    private final SharedReadBuffer readBuffer = new SharedReadBuffer();
    private final byte[] scratch = new byte[BgpHeader.MAX_LENGTH + SharedReadBuffer.SIZE];
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final UpdateCheck updates;
    private final List<Client> clients = new ArrayList<>();
    private final Deque<Client> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private int added;
    private int opening;
    private int parallel;
    private boolean announcing;
    private int wanted;
    private CompletableFuture<Long> allUp = new CompletableFuture<>();
    private String lastTrouble = "";
    private long octets;
    private long messages;

    /** @param target where the reflector listens */
    FleetLoop(InetSocketAddress target, RouteBook book) {
        this.target = target;
        this.book = book;
        updates = new UpdateCheck(book);
        group = new MultiThreadIoEventLoopGroup(1, task -> {
            Thread thread = new Thread(task, "clients");
            thread.setDaemon(true);
            return thread;
        }, EpollIoHandler.newFactory());
        loop = group.next();
        loop.scheduleAtFixedRate(() -> clients.forEach(client -> client.tick(System.nanoTime())), TICK_SECONDS,
                TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** The event loop that everything belongs to. */
    EventLoop loop() {
        return loop;
    }

    /** The routes. */
    RouteBook book() {
        return book;
    }

    /** What was received. */
    UpdateCheck updates() {
        return updates;
    }

    /** Octets received. */
    long octets() {
        return octets;
    }

    /** Messages received, of any type. */
    long messages() {
        return messages;
    }

    /** Completes, exceptionally, with the first failure. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /**
     * Adds a client that is not connected yet; the number is the next free one.
     *
     * @param receiveBuffer octets that the kernel keeps for it at most, or 0 for what is usual
     */
    Client add(Tally tally, int receiveBuffer) {
        Client client = new Client(this, new View(book, added++, tally), receiveBuffer);
        clients.add(client);
        return client;
    }

    /** Forgets a client that has left. */
    void remove(Client client) {
        clients.remove(client);
    }

    /** All clients that are there, by number. */
    List<Client> clients() {
        return clients;
    }

    /**
     * Connects clients; who is refused tries again.
     *
     * @param atOnce how many connections may be in the making
     * @param announce whether each announces its routes as soon as its session is up
     * @return completes with the time in nanoseconds when all sessions of the fleet are up
     */
    CompletableFuture<Long> connect(Collection<Client> some, int atOnce, boolean announce) {
        waiting.addAll(some);
        wanted = some.size();
        parallel = atOnce;
        announcing = announce;
        allUp = new CompletableFuture<>();
        connectNext();
        return allUp;
    }

    /** Why sessions are not up yet. */
    String trouble() {
        return wanted + " sessions did not come up" + (lastTrouble.isEmpty() ? "" : "; last: " + lastTrouble);
    }

    /** What is not right in the views of these clients, or nothing if all is. */
    Optional<String> missing(Predicate<Client> which) {
        List<Client> lacking = clients.stream().filter(which).filter(client -> client.view().missing() > 0).toList();
        return lacking.stream().findFirst().map(client -> {
            int route = client.view().firstMissing();
            long all = lacking.stream().mapToLong(one -> one.view().missing()).sum();
            return "%s lacks %s of %s, and %d routes are missing at %d of %d clients".formatted(client,
                    book.prefix(route), Addresses.toString(Addresses.source(book.ownerOf(route))), all, lacking.size(),
                    clients.size());
        });
    }

    byte[] scratch() {
        return scratch;
    }

    void countRead(int more) {
        octets += more;
    }

    void countMessage() {
        messages++;
    }

    void established(Client client) {
        opening--;
        wanted--;
        if (announcing) {
            client.send(book.announcement(client.number()));
        }
        client.send(Client.endOfRib());
        if (wanted == 0) {
            allUp.complete(System.nanoTime());
        }
        connectNext();
    }

    void refresh(Client client) {
        client.send(book.announcement(client.number()));
    }

    void lost(Client client, boolean wasEstablished, String why) {
        if (wasEstablished) {
            fail(FailureKind.SESSION_LOST, client + " " + why);
        } else {
            failedAttempt(client, client + " " + why);
        }
    }

    /** Else a reflector would look fast that has the routes from a run before this one. */
    void toldTooEarly(Client client) {
        fail(FailureKind.WRONG, client + " was told of routes before anybody announced them");
    }

    void fail(FailureKind kind, String sentence) {
        failure.completeExceptionally(new LoadFailedException(kind, sentence));
    }

    private void connectNext() {
        while (opening < parallel && !waiting.isEmpty()) {
            Client client = waiting.remove();
            opening++;
            client.connecting();
            ChannelFuture attempt = bootstrap(client).connect(target, source(client));
            attempt.addListener(_ -> {
                if (!attempt.isSuccess() && client.state() == Client.State.CONNECT) {
                    failedAttempt(client, client + " cannot connect: " + attempt.cause().getMessage());
                }
            });
            loop.schedule(() -> {
                if (attempt.channel().isOpen() && !client.established()) {
                    attempt.channel().close();
                }
            }, ATTEMPT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void failedAttempt(Client client, String why) {
        lastTrouble = why;
        opening--;
        client.idle();
        loop.schedule(() -> {
            waiting.add(client);
            connectNext();
        }, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        connectNext();
    }

    private Bootstrap bootstrap(Client client) {
        Bootstrap bootstrap = new Bootstrap().group(loop).channel(EpollSocketChannel.class).handler(client)
                .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, ATTEMPT_SECONDS * 1000)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffer);
        int receiveBuffer = client.receiveBuffer();
        return receiveBuffer == 0 ? bootstrap : bootstrap.option(ChannelOption.SO_RCVBUF, receiveBuffer);
    }

    private static InetSocketAddress source(Client client) {
        return new InetSocketAddress(InetAddress.ofLiteral(client.toString()), 0);
    }

    @Override
    public void close() {
        loop.submit(() -> clients.forEach(Client::close)).awaitUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        readBuffer.release();
    }
}
