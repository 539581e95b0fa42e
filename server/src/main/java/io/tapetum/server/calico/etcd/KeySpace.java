package io.tapetum.server.calico.etcd;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;

/** How resources are laid out as keys below a prefix. Several keys may belong to one resource. Stateless. */
public interface KeySpace {

    /**
     * Which resource a key belongs to.
     *
     * @param name unique among those of the kind
     */
    record ResourceName(ResourceKind kind, String name) {}

    /** Without a slash at its end. */
    String prefix();

    /** The kinds that there may be. */
    Set<ResourceKind> kinds();

    /**
     * The resource that a key belongs to, or {@code null} if it is of no interest.
     *
     * @param key without the prefix and the slash behind it
     */
    @Nullable
    ResourceName resourceOf(String key);

    /**
     * The resource of these keys.
     *
     * @param values at least one, by keys without the prefix, all of this resource
     */
    CalicoResource read(ResourceName resource, Map<String, String> values);
}
