package io.tapetum.server.calico;

import java.util.List;

import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;

/** What a datastore told its listener, as a value. */
sealed interface DatastoreEvent {

    record Replaced(ResourceKind kind, List<CalicoResource> all) implements DatastoreEvent {
        public Replaced {
            all = List.copyOf(all);
        }
    }

    record Changed(CalicoResource resource) implements DatastoreEvent {}

    record Removed(ResourceKind kind, String name) implements DatastoreEvent {}

    record Lost(String reason) implements DatastoreEvent {}

    record Regained() implements DatastoreEvent {}
}
