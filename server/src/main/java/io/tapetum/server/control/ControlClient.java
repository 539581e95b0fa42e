package io.tapetum.server.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.logging.Defects;

/** Somebody who is connected to a control socket, served by a thread of its own. */
final class ControlClient implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ControlClient.class);

    private static final Defects DEFECTS = new Defects();

    private static final String TOO_LONG = Reply.of(9000, "Command too long");

    private final SocketChannel channel;
    private final Console console;
    private final ClientLimits limits;
    private final ScheduledExecutorService clock;
    private final Consumer<ControlClient> gone;

    /**
     * A client that was accepted.
     *
     * @param clock hangs up on it when its time is over
     * @param gone told when it has left, whatever the reason
     */
    ControlClient(SocketChannel channel, Console console, ClientLimits limits, ScheduledExecutorService clock,
            Consumer<ControlClient> gone) {
        this.channel = channel;
        this.console = console;
        this.limits = limits;
        this.clock = clock;
        this.gone = gone;
    }

    /** Serves the client until it leaves, or must. */
    @Override
    public void run() {
        try (channel) {
            serve();
        } catch (ClosedChannelException e) {
            log.atDebug().setCause(e).log("a control client was hung up on");
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a control client has gone");
        } catch (RejectedExecutionException e) {
            log.atDebug().setCause(e).log("a control client was hung up on: the sockets are being closed");
        } catch (RuntimeException e) {
            DEFECTS.happened(e)
                    .ifPresent(times -> log.atError().setCause(e).log("a control command failed, {}", times));
        } finally {
            gone.accept(this);
        }
    }

    private void serve() throws IOException {
        ByteBuffer received = ByteBuffer.allocate(limits.lineOctets());
        Future<?> end = endLater();
        try {
            write(console.greeting());
            while (channel.read(received) >= 0) {
                received.flip();
                for (int length = lineLength(received); length >= 0; length = lineLength(received)) {
                    String line = take(received, length);
                    end.cancel(false);
                    end = endLater();
                    write(console.answer(line));
                }
                received.compact();
                if (!received.hasRemaining()) {
                    write(TOO_LONG);
                    return;
                }
            }
        } finally {
            end.cancel(false);
        }
    }

    private Future<?> endLater() {
        return clock.schedule(this::hangUp, limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the client; its thread notices at once. Callable by any thread. */
    void hangUp() {
        try {
            channel.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a control client could not be hung up on in order");
        }
    }

    /** Octets before the first end of a line, or -1 if there is none. */
    private static int lineLength(ByteBuffer received) {
        for (int i = received.position(); i < received.limit(); i++) {
            if (received.get(i) == '\n') {
                return i - received.position();
            }
        }
        return -1;
    }

    private static String take(ByteBuffer received, int length) {
        byte[] line = new byte[length];
        received.get(line);
        received.get();
        return new String(line, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private void write(String reply) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }
}
