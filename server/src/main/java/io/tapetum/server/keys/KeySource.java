package io.tapetum.server.keys;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place that keys come from. For one thread at a time. */
interface KeySource {

    /** The references to keys in this place which somebody uses. */
    Set<KeyReference> references();

    /**
     * Has a look.
     *
     * @return what is there, if that is to be known: all of the references that have a key now, each with a key of
     *         its own that is the caller's, to keep or to wipe; empty if nothing has changed
     * @throws KeysException if it cannot be known; then all stays as it is
     */
    Optional<Map<KeyReference, TcpKey>> look() throws KeysException;
}
