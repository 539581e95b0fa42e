package io.tapetum.server.cli;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.source.SourceStatus;

/** A source without a datastore, which publishes when the test says so. */
final class StubPeerSource implements PeerSource {

    private final SourceStatus status;
    private final CompletableFuture<Consumer<DesiredPeers>> listener = new CompletableFuture<>();
    volatile boolean closed;

    /** One that says this of itself. */
    StubPeerSource(SourceStatus status) {
        this.status = status;
    }

    void publish(DesiredPeers peers) {
        listener.join().accept(peers);
    }

    @Override
    public void follow(Consumer<DesiredPeers> told) {
        listener.complete(told);
    }

    @Override
    public SourceStatus status() {
        return status;
    }

    @Override
    public void close() {
        closed = true;
    }
}
