package io.tapetum.server.admin.api;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.admin.Parameter;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.RouteQuery.Match;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.journal.Severity;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** The parameters that queries have. */
final class Parameters {

    static final Parameter<String> PEER = Parameter.text("peer", "the name or the address of a peer");
    static final Parameter<Prefix> PREFIX = new Parameter<>("prefix", "a prefix such as 10.3.0.0/24 or fd00::/64",
            Prefix::parse);
    static final Parameter<Match> MATCH = Parameter.word("match", EnumSet.complementOf(EnumSet.of(Match.ALL)));
    static final Parameter<Family> FAMILY = Parameter.word("family", EnumSet.allOf(Family.class));
    static final Parameter<String> STATE = Parameter.word("state",
            themselves("Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"));
    static final Parameter<PeerRole> ROLE = Parameter.word("role", EnumSet.allOf(PeerRole.class));
    static final Parameter<Long> LIMIT = Parameter.number("limit", 1, RouteQuery.MAX_LIMIT);
    static final Parameter<String> AFTER_PAGE = Parameter.text("after", "what the page before says as next");
    static final Parameter<Long> EVENTS = Parameter.number("limit", 1, JournalQuery.MOST);
    static final Parameter<Long> AFTER_EVENT = Parameter.number("after", 0, Long.MAX_VALUE);
    static final Parameter<Long> BEFORE_EVENT = Parameter.number("before", 1, Long.MAX_VALUE);
    static final Parameter<JournalQuery.Order> ORDER = Parameter.word("order", EnumSet.allOf(JournalQuery.Order.class));
    static final Parameter<Severity> SEVERITY = Parameter.word("severity", EnumSet.allOf(Severity.class));
    static final Parameter<String> KIND = Parameter.text("kind", "a kind of event such as session-down");
    static final Parameter<Boolean> VERBOSE = Parameter.flag("verbose");

    private Parameters() {}

    private static SequencedMap<String, String> themselves(String... words) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        List.of(words).forEach(word -> map.put(word, word));
        return map;
    }
}
