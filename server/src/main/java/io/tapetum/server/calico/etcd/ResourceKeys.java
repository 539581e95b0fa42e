package io.tapetum.server.calico.etcd;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.ResourceReader;

/** Calico's resources in etcd v3: {@code bgppeers/NAME} holds the whole BGPPeer as JSON. */
public final class ResourceKeys implements KeySpace {

    @Override
    public String prefix() {
        return "/calico/resources/v3/projectcalico.org";
    }

    @Override
    public Set<ResourceKind> kinds() {
        return ResourceKind.RESOURCES;
    }

    @Override
    public @Nullable ResourceName resourceOf(String key) {
        int slash = key.indexOf('/');
        for (ResourceKind kind : ResourceKind.RESOURCES) {
            if (slash == kind.plural().length() && key.startsWith(kind.plural()) && key.length() > slash + 1) {
                return new ResourceName(kind, key.substring(slash + 1));
            }
        }
        return null;
    }

    @Override
    public CalicoResource read(ResourceName resource, Map<String, String> values) {
        String value = values.values().iterator().next();
        return ResourceReader.read(resource.kind(), resource.name(), Json.parse(value));
    }
}
