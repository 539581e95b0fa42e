package io.tapetum.server.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.server.config.DatastoreSettings;
import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.config.ServerSettings;

/** A configuration in one line. */
final class Summary {

    private Summary() {}

    static String of(ServerSettings settings) {
        ReflectorSettings reflector = settings.reflector();
        String listen = settings.listen().isEmpty()
                ? "listening nowhere"
                : "listening on "
                        + settings.listen().stream().map(ListenAddress::toString).collect(Collectors.joining(", "));
        return "AS " + reflector.as() + ", router id " + dotted(reflector.routerId()) + ", "
                + count(reflector.peers().size(), "peer") + ", " + count(reflector.ranges().size(), "range") + ", "
                + datastore(settings.datastore()) + listen;
    }

    private static String datastore(DatastoreSettings datastore) {
        String name = switch (datastore.type()) {
            case NONE -> "";
            case KUBERNETES -> "Kubernetes";
            case ETCD_V3 -> "etcd v3";
            case ETCD_V2 -> "etcd v2";
        };
        if (name.isEmpty()) {
            return "";
        }
        String reading = datastore.legacyKeys() == DatastoreSettings.LegacyKeys.ALL
                ? "legacy keys"
                : datastore.nodeName() != null ? "as node " + datastore.nodeName() : "by address";
        return "more peers from " + name + " (" + reading + "), ";
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String dotted(int identifier) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(identifier).array()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }
}
