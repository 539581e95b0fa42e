package io.tapetum.server.signing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.journal.EventKind;
import io.tapetum.server.keys.Keyring;

/**
 * Tells operators of keys that are not there, and of those for which the kernel has no room: once, until it is otherwise.
 * Guarded by the lock of {@link Signatures}.
 */
final class KeyTroubles {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    private final Set<String> toldMissing = new HashSet<>();
    private int toldWithoutRoom;

    /** Tells of references that somebody claims and that have no key. */
    void missing(Claims claims, Keyring ring) {
        List<String> missing = claims.references().stream().filter(reference -> ring.valid(reference).isEmpty())
                .toList();
        toldMissing.retainAll(missing);
        for (String reference : missing) {
            if (toldMissing.add(reference)) {
                LOG.atError().addKeyValue(EventKind.KEY, EventKind.KEYS).addKeyValue("key", reference).log(
                        "the TCP-MD5 key {} is not there, so these have no session until it is: {}", reference,
                        Names.some(claims.namesOf(reference)));
            }
        }
    }

    /** Tells of listeners that are full when more keys find no room than were told of. */
    void withoutRoom(Collection<ListenerKeys> listeners) {
        int withoutRoom = listeners.stream().mapToInt(ListenerKeys::countWithoutRoom).sum();
        if (withoutRoom > toldWithoutRoom) {
            ListenerKeys fullest = listeners.stream().max(Comparator.comparingInt(ListenerKeys::countWithoutRoom))
                    .orElseThrow();
            LOG.atError().addKeyValue(EventKind.KEY, EventKind.KEYS).addKeyValue("keysWithoutRoom", withoutRoom)
                    .log(OptionMemory.advice(fullest.count(), fullest.countWithoutRoom()));
        } else if (withoutRoom == 0 && toldWithoutRoom > 0) {
            LOG.atInfo().addKeyValue(EventKind.KEY, EventKind.KEYS).log("there is room for all TCP-MD5 keys now");
        }
        toldWithoutRoom = withoutRoom;
    }
}
