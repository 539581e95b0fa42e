package io.tapetum.server.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

import picocli.CommandLine.TypeConversionException;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.admin.Json;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.journal.Severity;
import io.tapetum.wire.Family;

/** The words for constants, as the API spells them, that options take. */
final class Candidates {

    private Candidates() {}

    /** The constant of a word. */
    static <T extends Enum<T>> T parse(Class<T> type, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> Json.word(constant).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "': expected one of "
                        + String.join(", ", words(type.getEnumConstants()).toList())));
    }

    private static Stream<String> words(Enum<?>... constants) {
        return Arrays.stream(constants).map(Json::word);
    }

    /** Of {@link RouteQuery.Match}, those that need a prefix. */
    static final class Matches implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(RouteQuery.Match.EXACT, RouteQuery.Match.LONGEST, RouteQuery.Match.WITHIN).iterator();
        }
    }

    /** Of {@link RouteQuery.View}, those of a peer. */
    static final class Views implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(RouteQuery.View.RECEIVED, RouteQuery.View.BEST, RouteQuery.View.ADVERTISED).iterator();
        }
    }

    /** Of RFC 4271 §8.2.2, as operators type them. */
    static final class States implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of("idle", "connect", "active", "opensent", "openconfirm", "established").iterator();
        }
    }

    static final class Families implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(Family.values()).iterator();
        }
    }

    static final class Roles implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(PeerRole.values()).iterator();
        }
    }

    static final class Severities implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(Severity.values()).iterator();
        }
    }

    static final class EventKinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(EventKind.values()).map(EventKind::label).iterator();
        }
    }
}
