package io.tapetum.server.etcd.v3;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import io.tapetum.server.etcd.EtcdConnection;
import io.tapetum.server.etcd.EtcdException;
import io.tapetum.server.etcd.KeyListener;
import io.tapetum.server.etcd.Snapshot;

/** One endpoint, spoken to by gRPC. */
final class V3Connection implements EtcdConnection {

    static final long DEADLINE_SECONDS = 10;
    private static final long KEYS_PER_PAGE = 1000;
    /** How often a read may be overtaken by a compaction, page by page, before something else must be wrong. */
    private static final int READS = 5;

    private final URI endpoint;
    private final ManagedChannel channel;
    private final Channel calling;

    /** @param calling the channel, with our log-in */
    V3Connection(URI endpoint, ManagedChannel channel, Channel calling) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.calling = calling;
    }

    @Override
    public Snapshot read(String prefix) throws EtcdException, InterruptedException {
        try {
            for (int reads = 1;; reads++) {
                try {
                    return readOnce(prefix);
                } catch (StatusRuntimeException e) {
                    if (e.getStatus().getCode() != Status.Code.OUT_OF_RANGE || reads == READS) {
                        throw e;
                    }
                }
            }
        } catch (StatusRuntimeException e) {
            throw V3Failure.of(endpoint, e);
        }
    }

    /** The first page tells the revision at which all others are read. */
    private Snapshot readOnce(String prefix) {
        Map<String, String> entries = new HashMap<>();
        ByteString from = first(prefix);
        long revision = 0;
        RangeResponse page;
        do {
            page = KVGrpc.newBlockingStub(calling).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .range(RangeRequest.newBuilder().setKey(from).setRangeEnd(end(prefix)).setRevision(revision)
                            .setLimit(KEYS_PER_PAGE).build());
            if (revision == 0) {
                revision = page.getHeader().getRevision();
            }
            for (KeyValue entry : page.getKvsList()) {
                entries.put(entry.getKey().toStringUtf8(), entry.getValue().toStringUtf8());
                from = entry.getKey().concat(ByteString.copyFrom(new byte[1]));
            }
        } while (page.getMore());
        return new Snapshot(entries, revision);
    }

    @Override
    public void watch(String prefix, Snapshot since, KeyListener listener)
            throws EtcdException, InterruptedException {
        BlockingQueue<Runnable> arrived = new LinkedBlockingQueue<>();
        V3Watch watch = new V3Watch(endpoint, listener);
        StreamObserver<WatchRequest> requests = WatchGrpc.newStub(calling).withExecutor(arrived::add).watch(watch);
        requests.onNext(WatchRequest.newBuilder().setCreateRequest(WatchCreateRequest.newBuilder()
                .setKey(first(prefix)).setRangeEnd(end(prefix)).setStartRevision(since.revision() + 1)).build());
        while (!watch.ended()) {
            // Running here what gRPC has for us makes this thread the only one that the listener ever sees.
            Runnable next = watch.created() ? arrived.take() : arrived.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new EtcdException("etcd at " + endpoint + " does not answer a watch within " + DEADLINE_SECONDS
                        + " s: see whether it is overloaded");
            }
            next.run();
        }
        watch.result();
    }

    @Override
    public void close() {
        ManagedChannel _ = channel.shutdownNow();
    }

    private static ByteString first(String prefix) {
        return ByteString.copyFromUtf8(prefix + '/');
    }

    /** The first key after all those that begin with the prefix and a slash. */
    private static ByteString end(String prefix) {
        return ByteString.copyFromUtf8(prefix + (char) ('/' + 1));
    }
}
