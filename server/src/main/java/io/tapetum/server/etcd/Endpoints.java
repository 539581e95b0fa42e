package io.tapetum.server.etcd;

import java.net.URI;
import java.util.List;

import io.tapetum.server.config.EtcdSettings;

/** Where etcd is: as configured, or as DNS says each time it is asked. Thread-safe. */
public final class Endpoints {

    private final EtcdSettings settings;
    private final SrvRecords records;

    public Endpoints(EtcdSettings settings) {
        this(settings, new SrvRecords());
    }

    Endpoints(EtcdSettings settings, SrvRecords records) {
        this.settings = settings;
        this.records = records;
    }

    /** All of them, in the order in which to try them; at least one. */
    public List<URI> current() throws EtcdException {
        if (!settings.endpoints().isEmpty()) {
            return settings.endpoints();
        }
        if (settings.discoverySrv() == null) {
            throw new EtcdException("no etcd is configured: name its endpoints, or the domain whose SRV records do");
        }
        return records.endpoints(settings.discoverySrv());
    }

    /** For operators. */
    public String name() {
        return settings.endpoints().isEmpty()
                ? "etcd found by the SRV records of " + settings.discoverySrv()
                : "etcd at " + String.join(", ", settings.endpoints().stream().map(URI::toString).toList());
    }
}
