package io.tapetum.server.calico.kubernetes;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.secret.SecretListener;
import io.tapetum.server.calico.secret.SecretName;
import io.tapetum.server.calico.secret.SecretStore;
import io.tapetum.server.config.KubernetesSettings;

/**
 * Secrets in the Kubernetes API, which has them whatever Calico's datastore is. Each is followed by a thread of its own.
 * Nobody is asked before somebody wants one. Any thread may call.
 */
public final class KubernetesSecrets implements SecretStore {

    private static final String PLACE = "Secrets are in the Kubernetes API, see datastore.kubernetes: ";

    private final ClusterAccess access;
    private final Timing timing;

    /** Guarded by this object's monitor, as are all below. */
    private final Set<Thread> threads = new HashSet<>();
    private @Nullable ApiServer server;
    private boolean closed;

    /** Connects to nothing yet, and needs no more than that to say where Secrets are. */
    public KubernetesSecrets(KubernetesSettings settings) {
        this(new ClusterAccess(settings, System.getenv(), ClusterAccess.SERVICE_ACCOUNT), Timing.NORMAL);
    }

    KubernetesSecrets(ClusterAccess access, Timing timing) {
        this.access = access;
        this.timing = timing;
    }

    /** Where Secrets are that are named without a namespace. */
    public String namespace() {
        return access.secretsNamespace();
    }

    @Override
    public synchronized Following follow(SecretName secret, SecretListener listener) {
        Thread thread = Thread.ofVirtual().name("kubernetes-secret-" + secret).start(() -> run(secret, listener));
        threads.add(thread);
        return () -> stop(thread);
    }

    private synchronized void stop(Thread thread) {
        threads.remove(thread);
        thread.interrupt();
    }

    private void run(SecretName secret, SecretListener listener) {
        try {
            ApiServer reached = reach(listener);
            new Follower<>(new SecretLocation(secret), reached, new ToldSecret(secret.name(), listener), timing).run();
        } catch (InterruptedException _) {
            // This is how it ends.
        }
    }

    /** Where Calico's datastore is etcd, nothing may have been said of the API; and files may be there a moment later. */
    private ApiServer reach(SecretListener listener) throws InterruptedException {
        Pauses pauses = new Pauses(timing.firstPause(), timing.longestPause());
        while (true) {
            try {
                return server();
            } catch (IllegalArgumentException e) {
                listener.lost(PLACE + e.getMessage(), false);
            } catch (RuntimeException e) {
                // Its own words might be a part of a file with credentials.
                listener.lost(PLACE + "it cannot be reached with that, and the reason is not one that was foreseen ("
                        + e.getClass().getName() + "); please report it", false);
            }
            Thread.sleep(pauses.next());
        }
    }

    private synchronized ApiServer server() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("closed");
        }
        if (server == null) {
            server = new ApiServer(access, timing.answer());
        }
        return server;
    }

    /** A call of a listener's that is under way may still go on. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        if (server != null) {
            server.close();
        }
    }
}
