package io.tapetum.server.etcd.v3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.etcd.Endpoints;
import io.tapetum.server.etcd.Following;
import io.tapetum.server.etcd.KeyFollower;
import io.tapetum.server.etcd.KeyListener;

/** Follows keys of etcd v3. Each prefix has its own connection, so that one that is slow does not hold up the others. */
public final class EtcdV3Follower implements KeyFollower {

    private final Endpoints endpoints;
    private final V3Connector connector;
    private final ExecutorService calls;

    /** Guarded by this object's monitor. */
    private final List<Following> followed = new ArrayList<>();

    public EtcdV3Follower(EtcdSettings settings) {
        endpoints = new Endpoints(settings);
        calls = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("etcd-calls-", 0).factory());
        connector = new V3Connector(settings, calls);
    }

    @Override
    public synchronized void follow(String prefix, KeyListener listener) {
        followed.add(new Following(endpoints, connector::open, prefix, listener));
    }

    @Override
    public String name() {
        return endpoints.name();
    }

    @Override
    public void close() {
        List<Following> all;
        synchronized (this) {
            all = List.copyOf(followed);
            followed.clear();
        }
        all.forEach(Following::close);
        calls.shutdownNow();
    }
}
