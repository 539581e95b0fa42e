package io.tapetum.server.config;

import java.util.List;

import io.tapetum.core.settings.ReflectorSettings;

/**
 * A whole process.
 *
 * @param reflector what it reflects, and for whom
 * @param listen where peers connect to, no two of which overlap; empty if nobody may
 * @param eventLoops how many threads serve sessions, or 0 for one per core
 * @param admin where it can be asked and told things
 * @param log what it says of itself
 * @param addresses by which a datastore knows it
 * @param datastore where more peers come from
 * @param control where tools that know BIRD can ask
 * @param keys where keys are that packets are signed with
 * @param connections how many connections of peers it accepts
 * @param events how much it remembers of what happened
 */
public record ServerSettings(ReflectorSettings reflector, List<ListenAddress> listen, int eventLoops,
        AdminSettings admin, LogSettings log, OwnAddresses addresses, DatastoreSettings datastore,
        ControlSettings control, KeysSettings keys, ConnectionSettings connections, EventsSettings events) {

    public ServerSettings {
        listen = List.copyOf(listen);
    }

    /** The same with other log settings. */
    public ServerSettings withLog(LogSettings other) {
        return new ServerSettings(reflector, listen, eventLoops, admin, other, addresses, datastore,
                control, keys, connections, events);
    }
}
