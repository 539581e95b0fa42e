package io.tapetum.server.etcd.v2;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.etcd.Endpoints;
import io.tapetum.server.etcd.EtcdException;
import io.tapetum.server.etcd.Following;
import io.tapetum.server.etcd.KeyFollower;
import io.tapetum.server.etcd.KeyListener;

/** Follows keys of etcd v2. */
public final class EtcdV2Follower implements KeyFollower {

    private final EtcdSettings settings;
    private final Endpoints endpoints;

    /** Guarded by this object's monitor. */
    private final List<Following> followed = new ArrayList<>();

    public EtcdV2Follower(EtcdSettings settings) {
        this.settings = settings;
        this.endpoints = new Endpoints(settings);
    }

    @Override
    public synchronized void follow(String prefix, KeyListener listener) {
        followed.add(new Following(endpoints, this::open, prefix, listener));
    }

    private V2Connection open(URI endpoint) throws EtcdException {
        return new V2Connection(endpoint, settings);
    }

    @Override
    public String name() {
        return endpoints.name() + " (v2)";
    }

    @Override
    public void close() {
        List<Following> all;
        synchronized (this) {
            all = List.copyOf(followed);
            followed.clear();
        }
        all.forEach(Following::close);
    }
}
