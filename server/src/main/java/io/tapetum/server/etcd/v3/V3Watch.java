package io.tapetum.server.etcd.v3;

import java.net.URI;

import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.etcd.EtcdException;
import io.tapetum.server.etcd.KeyListener;

/** What arrives on a watch. For one thread. */
final class V3Watch implements StreamObserver<WatchResponse> {

    private final URI endpoint;
    private final KeyListener listener;

    private boolean created;
    private boolean ended;
    private @Nullable StatusRuntimeException broken;
    private @Nullable String refusal;

    V3Watch(URI endpoint, KeyListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    @Override
    public void onNext(WatchResponse response) {
        if (ended) {
            return;
        }
        created |= response.getCreated();
        for (Event event : response.getEventsList()) {
            String key = event.getKv().getKey().toStringUtf8();
            switch (event.getType()) {
                case PUT -> listener.put(key, event.getKv().getValue().toStringUtf8());
                case DELETE -> listener.deleted(key);
                case UNRECOGNIZED -> refusal = "it told of a change of an unknown kind, of " + key;
            }
        }
        if (response.getCanceled() && response.getCompactRevision() == 0) {
            refusal = response.getCancelReason().isEmpty() ? "it ended our watch" : response.getCancelReason();
        }
        ended = response.getCanceled() || refusal != null;
    }

    @Override
    public void onError(Throwable failure) {
        if (!ended) {
            broken = new StatusRuntimeException(Status.fromThrowable(failure));
            ended = true;
        }
    }

    @Override
    public void onCompleted() {
        if (!ended) {
            refusal = "it ended our watch";
            ended = true;
        }
    }

    /** Whether etcd has answered. */
    boolean created() {
        return created;
    }

    boolean ended() {
        return ended;
    }

    /** Why it ended, as an exception; normally if what comes next was compacted away. */
    void result() throws EtcdException, InterruptedException {
        if (broken != null) {
            throw V3Failure.of(endpoint, broken);
        }
        if (refusal != null) {
            throw new EtcdException(V3Failure.sentence(endpoint, refusal));
        }
    }
}
