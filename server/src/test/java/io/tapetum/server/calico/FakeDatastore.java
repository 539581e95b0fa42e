package io.tapetum.server.calico;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.ResourceKind;

/** A datastore that tells what a test says. */
final class FakeDatastore implements CalicoDatastore {

    private @Nullable DatastoreListener listener;
    private volatile boolean closed;

    @Override
    public void follow(DatastoreListener newListener) {
        listener = newListener;
    }

    DatastoreListener tells() {
        return Objects.requireNonNull(listener, "nobody listens");
    }

    /** Everything is read for the first time, and there is nothing. */
    void tellsOfNothing() {
        for (ResourceKind kind : ResourceKind.RESOURCES) {
            tells().replaced(kind, List.of());
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public void close() {
        closed = true;
    }
}
