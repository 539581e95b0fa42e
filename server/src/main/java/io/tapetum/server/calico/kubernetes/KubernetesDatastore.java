package io.tapetum.server.calico.kubernetes;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.CalicoDatastore;
import io.tapetum.server.calico.DatastoreListener;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.KubernetesSettings;

/**
 * Calico's resources in the Kubernetes API. It only reads: Nodes by their metadata, BGPPeers, BGPConfigurations and the
 * ClusterInformation. Every kind is followed by a thread of its own. Any thread may call.
 */
public final class KubernetesDatastore implements CalicoDatastore {

    private final ApiServer server;
    private final ApiGroupChoice group;
    private final Timing timing;

    /** Guarded by this object's monitor, as are all below. */
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Announcer announcer;
    private boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException what has to be changed, in the settings or in a file that they name
     */
    public KubernetesDatastore(KubernetesSettings settings) {
        this(new ClusterAccess(settings, System.getenv(), ClusterAccess.SERVICE_ACCOUNT), settings.apiGroup(),
                Timing.NORMAL);
    }

    KubernetesDatastore(ClusterAccess access, KubernetesSettings.ApiGroup apiGroup, Timing timing) {
        this.server = new ApiServer(access, timing.answer());
        this.group = new ApiGroupChoice(apiGroup, server, timing.discovery());
        this.timing = timing;
    }

    @Override
    public synchronized void follow(DatastoreListener listener) {
        if (announcer != null || closed) {
            throw new IllegalStateException("the datastore is followed already, or closed");
        }
        announcer = new Announcer(listener);
        for (ResourceKind kind : ResourceKind.RESOURCES) {
            KindLocation location = new KindLocation(kind, group);
            threads.add(Thread.ofVirtual().name("kubernetes-" + kind.plural())
                    .start(new Follower<>(location, server, announcer.of(kind), timing)));
        }
    }

    @Override
    public String name() {
        return "Kubernetes at " + server.address();
    }

    /** A call of the listener's that is under way may still go on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (announcer != null) {
            announcer.close();
        }
        threads.forEach(Thread::interrupt);
        server.close();
    }
}
