package io.tapetum.server.calico.resource;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A host of the cluster. In the Kubernetes datastore it is made of a Kubernetes Node's annotations and labels.
 *
 * @param labels what selectors see
 * @param ipv4 its address in IPv4 sessions, or {@code null} if it takes no part in them
 * @param ipv6 its address in IPv6 sessions, or {@code null} if it takes no part in them
 * @param as its own AS number, or {@code null} for the cluster's
 * @param clusterId {@code routeReflectorClusterID}, network order; not {@code null} means that it is a route reflector
 */
public record CalicoNode(String name, Map<String, String> labels, @Nullable Inet4Address ipv4,
        @Nullable Inet6Address ipv6, @Nullable Long as, @Nullable Integer clusterId) implements CalicoResource {

    public CalicoNode {
        labels = Map.copyOf(labels);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.NODE;
    }
}
