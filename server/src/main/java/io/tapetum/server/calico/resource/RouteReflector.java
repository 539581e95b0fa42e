package io.tapetum.server.calico.resource;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the reflectors' own mesh, as operators wrote it into etcd for Calico's former reflector.
 *
 * @param name the key's, with that of the family
 * @param address of the reflector, or {@code null} if the entry has none, which makes it one of nobody
 * @param clusterId its cluster id, network order, or {@code null}
 */
public record RouteReflector(String name, @Nullable InetAddress address, @Nullable Integer clusterId)
        implements
            CalicoResource {

    @Override
    public ResourceKind kind() {
        return ResourceKind.ROUTE_REFLECTOR;
    }
}
