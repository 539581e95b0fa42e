package io.tapetum.server.config;

/** Reads how much is remembered of what happened. */
final class EventsReader {

    private static final Kind<Integer> KEEP = Kinds.integer(100, 1_000_000);

    private EventsReader() {}

    static EventsSettings read(Section root) {
        Section events = root.section("events");
        events.refuseKeysOtherThan(Schema.EVENTS);
        return new EventsSettings(events.get("keep", KEEP));
    }
}
