package io.tapetum.load.client;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

import io.tapetum.load.measure.Latencies;
import io.tapetum.load.route.RouteBook;
import io.tapetum.load.verify.Arrivals;
import io.tapetum.load.verify.Tally;

/**
 * The clients of one reflector. A workload calls the methods one after the other, from one thread; they wait for what they
 * start. The clients themselves live on one event loop, since as much as possible of the machine is the reflector's.
 *
 * <p>Every method fails with the first thing that went wrong anywhere; what goes wrong after it is its consequence.
 */
public final class Fleet implements AutoCloseable {

    /** Some daemons listen with a backlog of five. */
    private static final int POLITE = 4;

    private final FleetLoop loop;
    private final Tally tally = new Tally();
    private final List<Client> members;
    private final Duration timeout;

    /**
     * A fleet of which nobody is connected yet.
     *
     * @param target where the reflector listens
     * @param book what there is to announce
     * @param clients how many there are; those that the book does not know announce nothing
     * @param timeout for every single wait
     */
    public Fleet(InetSocketAddress target, RouteBook book, int clients, Duration timeout) {
        loop = new FleetLoop(target, book);
        this.timeout = timeout;
        members = onLoop(() -> IntStream.range(0, clients).mapToObj(_ -> loop.add(tally, 0)).toList());
    }

    /** Connects all members, a few at a time. */
    public void connect() throws LoadFailedException {
        await(onLoop(() -> loop.connect(members, POLITE, false)), loop::trouble, FailureKind.NOT_AVAILABLE);
    }

    /**
     * Makes all members announce their routes, as fast as possible.
     *
     * @return nanoseconds from before the first octet was sent until all members knew all routes
     */
    public long announce() throws LoadFailedException {
        return announce(new Latencies());
    }

    /**
     * The same.
     *
     * @param latencies is told, for every route and member, how long after the beginning it arrived
     */
    public long announce(Latencies latencies) throws LoadFailedException {
        List<ByteBuf> announcements = onLoop(
                () -> members.stream().map(member -> loop.book().announcement(member.number())).toList());
        CompletableFuture<Long> wall = new CompletableFuture<>();
        onLoop(() -> {
            members.stream().filter(member -> !member.view().knowsNothing()).findFirst().ifPresent(loop::toldTooEarly);
            long begun = System.nanoTime();
            tally.setArrivals((_, now) -> latencies.record(now - begun));
            tally.whenConverged(now -> {
                tally.setArrivals(null);
                wall.complete(now - begun);
            });
            for (int i = 0; i < members.size(); i++) {
                members.get(i).send(announcements.get(i));
            }
            return begun;
        });
        return await(wall, this::missing, FailureKind.NOT_CONVERGED);
    }

    /** Gives every route a new version, which nobody has been told yet. */
    public void renew() {
        onLoop(() -> {
            loop.book().renewAll();
            loop.clients().forEach(client -> client.view().forgetAll());
            return loop.book().size();
        });
    }

    /** Ends all sessions at once, without a word. */
    public void disconnect() {
        onLoop(() -> {
            members.forEach(Client::close);
            return members.size();
        });
    }

    /**
     * All members connect at once and announce as soon as their sessions are up; who fails tries again.
     *
     * @return nanoseconds from the first attempt until all members knew all routes
     */
    public long storm() throws LoadFailedException {
        CompletableFuture<Long> wall = new CompletableFuture<>();
        CompletableFuture<Long> up = onLoop(() -> {
            long begun = System.nanoTime();
            tally.whenConverged(now -> wall.complete(now - begun));
            return loop.connect(members, members.size(), true);
        });
        await(up, loop::trouble, FailureKind.NOT_AVAILABLE);
        return await(wall, this::missing, FailureKind.NOT_CONVERGED);
    }

    /** Adds and connects a client that is not a member: what it lacks does not keep the members from convergence. */
    public Guest invite(int receiveBuffer) throws LoadFailedException {
        Guest guest = onLoop(() -> {
            Tally own = new Tally();
            return new Guest(loop.add(own, receiveBuffer), own);
        });
        guest.connect();
        return guest;
    }

    /** A client beside the members, with a tally of its own. */
    public final class Guest {

        private final Client client;
        private final Tally own;
        private final CompletableFuture<Long> complete = new CompletableFuture<>();
        private long begun;

        private Guest(Client client, Tally own) {
            this.client = client;
            this.own = own;
        }

        private void connect() throws LoadFailedException {
            CompletableFuture<Long> up = onLoop(() -> {
                begun = System.nanoTime();
                own.whenConverged(now -> complete.complete(now - begun));
                return loop.connect(List.of(client), 1, false);
            });
            await(up, loop::trouble, FailureKind.NOT_AVAILABLE);
        }

        /** Nanoseconds from its attempt to connect until it knew all routes. */
        public long awaitTable() throws LoadFailedException {
            return await(complete, Fleet.this::missing, FailureKind.NOT_CONVERGED);
        }

        /** It does not read any more. */
        public void stopReading() {
            onLoop(() -> {
                client.setReading(false);
                return client;
            });
        }

        /** It reads again; returns after how many nanoseconds it knew all routes. */
        public long catchUp() throws LoadFailedException {
            CompletableFuture<Long> caughtUp = new CompletableFuture<>();
            onLoop(() -> {
                long now = System.nanoTime();
                if (own.missing() == 0) {
                    caughtUp.complete(0L);
                }
                own.whenConverged(then -> caughtUp.complete(then - now));
                client.setReading(true);
                return now;
            });
            return await(caughtUp, Fleet.this::missing, FailureKind.NOT_CONVERGED);
        }

        /** Ends its session. */
        public void leave() {
            onLoop(() -> {
                client.close();
                loop.remove(client);
                return client;
            });
        }
    }

    /** Waits a while and checks that the views of all clients that read are still right. */
    public void settle(Duration quiet) throws LoadFailedException {
        await(new CompletableFuture<Long>().completeOnTimeout(0L, quiet.toMillis(), TimeUnit.MILLISECONDS), () -> "",
                FailureKind.SESSION_LOST);
        String missing = onLoop(() -> loop.missing(Client::isReading).orElse(""));
        if (!missing.isEmpty()) {
            throw new LoadFailedException(FailureKind.WRONG, "after everybody knew everything, " + missing);
        }
    }

    /**
     * Starts something on the event loop, and waits until it says that it is done.
     *
     * @param arrivals is told of everything that members receive meanwhile
     */
    public void run(Task task, Arrivals arrivals) throws LoadFailedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        onLoop(() -> {
            tally.setArrivals(arrivals);
            task.start(new Stage(), () -> done.complete(null));
            return tally;
        });
        try {
            await(done, this::missing, FailureKind.NOT_CONVERGED);
        } finally {
            onLoop(() -> {
                tally.setArrivals(null);
                return tally;
            });
        }
    }

    /** Something that goes on for a while on the event loop. */
    @FunctionalInterface
    public interface Task {

        /**
         * Begins it.
         *
         * @param done is to be called at the end
         */
        void start(Stage stage, Runnable done);
    }

    /** What a {@link Task} works with, on the event loop. */
    public final class Stage {

        private Stage() {}

        /** To schedule what comes later. */
        public EventLoop loop() {
            return loop.loop();
        }

        /** All routes. */
        public RouteBook book() {
            return loop.book();
        }

        /** How many members have to be told of a change of this route. */
        public int receivers(int route) {
            return members.size() - (loop.book().ownerOf(route) < members.size() ? 1 : 0);
        }

        /** Makes the owner announce a new version of one route. */
        public void change(int route) {
            loop.book().renew(route);
            loop.clients().forEach(client -> client.view().forget(route));
            members.get(loop.book().ownerOf(route)).send(loop.book().update(route));
        }
    }

    /** How many routes there are. */
    public int routes() {
        return onLoop(() -> loop.book().size());
    }

    /** What was received so far. */
    public Received received() {
        return onLoop(() -> new Received(loop.octets(), loop.messages(), loop.updates().routes(),
                loop.updates().echoes(), loop.updates().outdated(), loop.updates().withdrawals()));
    }

    /** CPU time of the event loop's thread so far, in nanoseconds. */
    public long busyNanos() {
        return onLoop(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private String missing() {
        return onLoop(this::missingNow) + " after " + timeout.toSeconds() + " s";
    }

    private String missingNow() {
        return loop.missing(_ -> true).orElse("");
    }

    private <T> T await(CompletableFuture<T> result, Supplier<String> otherwise, FailureKind kind)
            throws LoadFailedException {
        try {
            CompletableFuture.anyOf(result, loop.failure()).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return result.join();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LoadFailedException failed) {
                throw failed;
            }
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new LoadFailedException(kind, otherwise.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, loop.loop()).join();
    }

    @Override
    public void close() {
        loop.close();
    }
}
