package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.config.KubernetesSettings;

/**
 * In which API group Calico's resources are. Like Calico's own clients, this takes {@code projectcalico.org} only if there is
 * no {@code crd.projectcalico.org}: where both exist, the former may be a mere view of the latter. It is asked again from
 * time to time, for a cluster may be migrated under way.
 */
final class ApiGroupChoice {

    private static final Logger log = LoggerFactory.getLogger(ApiGroupChoice.class);

    private final ApiServer server;
    private final long intervalNs;
    private final boolean automatic;

    /** Guards everything below; held while the server is asked, so that it is asked once for all kinds. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable CalicoApi chosen;
    private boolean due = true;
    private long askedAtNs;

    ApiGroupChoice(KubernetesSettings.ApiGroup setting, ApiServer server, Duration interval) {
        this.server = server;
        this.intervalNs = interval.toNanos();
        this.automatic = setting == KubernetesSettings.ApiGroup.AUTO;
        this.chosen = switch (setting) {
            case AUTO -> null;
            case CRD_V1 -> CalicoApi.CRD_V1;
            case PROJECTCALICO_V3 -> CalicoApi.PROJECTCALICO_V3;
        };
    }

    /** The group of the moment. While the server does not say which there are, the one before, or else the older one. */
    CalicoApi current() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (automatic && (due || System.nanoTime() - askedAtNs >= intervalNs)) {
                ask();
            }
            return chosen == null ? CalicoApi.CRD_V1 : chosen;
        } finally {
            lock.unlock();
        }
    }

    /** The resources were not found where they should be. */
    void doubt() {
        lock.lock();
        try {
            due = true;
        } finally {
            lock.unlock();
        }
    }

    private void ask() throws InterruptedException {
        CalicoApi found;
        try {
            found = choice(groups(ApiServer.json(server.octets("/apis", ApiServer.JSON))));
        } catch (IOException e) {
            // Whoever reads the resources meets the same trouble, and tells of it.
            log.atDebug().log("API groups are not known: {}", Reasons.of(server.address(), "/apis", e,
                    "without that it is the older one"));
            due = true;
            return;
        }
        askedAtNs = System.nanoTime();
        due = false;
        if (found != chosen) {
            log.atInfo().addKeyValue("apiGroup", found).log("Calico's resources are read from {} at {}", found,
                    server.address());
            chosen = found;
        }
    }

    private static CalicoApi choice(Set<String> groups) {
        return groups.contains(CalicoApi.PROJECTCALICO_V3.group()) && !groups.contains(CalicoApi.CRD_V1.group())
                ? CalicoApi.PROJECTCALICO_V3
                : CalicoApi.CRD_V1;
    }

    private static Set<String> groups(JsonNode answer) throws IOException {
        JsonNode groups = answer.path("groups");
        if (!groups.isArray()) {
            throw new IOException("the answer is no list of API groups");
        }
        Set<String> names = new HashSet<>();
        groups.forEach(group -> names.add(group.path("name").asText()));
        return names;
    }
}
