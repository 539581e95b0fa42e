package io.tapetum.server.calico;

import java.util.List;

import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;

/** Is told what a datastore holds. One call at a time, in the order in which it changed. */
public interface DatastoreListener {

    /** Everything of this kind, in place of whatever was known of it: after the first read, and after every further one. */
    void replaced(ResourceKind kind, List<CalicoResource> all);

    /** One object is new, or changed. */
    void changed(CalicoResource resource);

    /** One object is gone; it may have been unknown. */
    void removed(ResourceKind kind, String name);

    /** The datastore does not answer, or refuses; {@code reason} says why and what to do about it. Called at every failed try. */
    void lost(String reason);

    /** The datastore answers again, and everything that was missed meanwhile has been told. */
    void regained();
}
