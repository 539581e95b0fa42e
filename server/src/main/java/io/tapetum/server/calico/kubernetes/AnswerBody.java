package io.tapetum.server.calico.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.http.AsyncBody;
import org.jspecify.annotations.Nullable;

/**
 * The octets of one answer, as they arrive. One thread reads, and waits for them no longer than it says; the next ones are
 * asked of the connection only when it has taken those before.
 */
final class AnswerBody implements AsyncBody.Consumer<List<ByteBuffer>>, AutoCloseable {

    /** What came of waiting. */
    enum Arrival {
        SOMETHING, SILENCE, END
    }

    /** Octets of one page of a list, or of one event. */
    private static final int LIMIT = 64 << 20;

    private sealed interface Part {

        record Octets(byte[] octets) implements Part {}

        record End(@Nullable Throwable failure) implements Part {}
    }

    /** Filled by the connection's thread; at most one part, and the end, wait in it. */
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable AsyncBody body;
    private byte[] octets = {};
    private int position;

    /** Called by the connection. */
    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody from) {
        int size = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        buffers.forEach(all::put);
        parts.add(new Part.Octets(all.array()));
    }

    /** Lets the octets come. */
    void begin(AsyncBody of) {
        body = of;
        of.done().whenComplete((done, failure) -> parts.add(new Part.End(failure)));
        of.consume();
    }

    /**
     * All of it.
     *
     * @throws IOException if it is not there after that time, or is broken or too long
     */
    byte[] all(Duration patience) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            all.write(octets, position, octets.length - position);
            position = octets.length;
            bounded(all);
            switch (more(deadlineNs)) {
                case SOMETHING -> {
                }
                case END -> {
                    return all.toByteArray();
                }
                case SILENCE ->
                    throw new IOException("the answer was not complete after " + patience.toSeconds() + " s");
            }
        }
    }

    /** Waits for the next line that is not empty; after {@link Arrival#SOMETHING}, {@link #line} has it. */
    Arrival await(Duration patience) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (true) {
            int from = position;
            while (position < octets.length) {
                if (octets[position++] == '\n') {
                    line.write(octets, from, position - from - 1);
                    from = position;
                    if (line.size() > 0) {
                        return Arrival.SOMETHING;
                    }
                }
            }
            line.write(octets, from, position - from);
            bounded(line);
            Arrival arrival = more(deadlineNs);
            if (arrival != Arrival.SOMETHING) {
                return arrival;
            }
        }
    }

    /** The line that was waited for. */
    byte[] line() {
        byte[] taken = line.toByteArray();
        line.reset();
        return taken;
    }

    /** The next octets; what was left of those before must have been taken. */
    private Arrival more(long deadlineNs) throws IOException, InterruptedException {
        Part part = parts.poll(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        return switch (part) {
            case null -> Arrival.SILENCE;
            case Part.Octets next -> {
                octets = next.octets();
                position = 0;
                if (body != null) {
                    body.consume();
                }
                yield Arrival.SOMETHING;
            }
            case Part.End end -> {
                // Whoever asks again meets the end again.
                parts.add(end);
                octets = new byte[0];
                position = 0;
                if (end.failure() != null) {
                    throw new IOException("the answer broke off", end.failure());
                }
                yield Arrival.END;
            }
        };
    }

    private static void bounded(ByteArrayOutputStream taken) throws IOException {
        if (taken.size() > LIMIT) {
            throw new IOException("the answer has more than " + (LIMIT >> 20) + " MiB");
        }
    }

    /** Ends the exchange, and the connection if the answer is not complete. */
    @Override
    public void close() {
        if (body != null) {
            body.cancel();
        }
    }
}
