package io.tapetum.wire.update;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/** What tests of parsing have in common. */
final class Parsing {

    static final Set<Family> BOTH = EnumSet.allOf(Family.class);
    static final UpdateContext INTERNAL = UpdateContext.internal(64512, BOTH);
    static final UpdateContext EXTERNAL = UpdateContext.external(65001, BOTH);

    private Parsing() {}

    /** A parser for one UPDATE, after parsing it. */
    static UpdateParser parse(UpdateContext context, UpdateBuilder update) throws BgpErrorException {
        UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);
        parser.parse(update.frame());
        return parser;
    }

    /** {@code "3/5"} for the session reset that an UPDATE leads to, {@code null} when the session stays. */
    static @Nullable String resetCode(UpdateContext context, UpdateBuilder update) {
        try {
            parse(context, update);
            return null;
        } catch (BgpErrorException e) {
            return e.notification().code() + "/" + e.notification().subcode();
        }
    }

    /** The prefixes as text, each with its path identifier if {@code withPathId}. */
    static List<String> texts(Family family, PrefixReader reader, boolean withPathId) {
        List<String> texts = new ArrayList<>();
        while (reader.next()) {
            String prefix = Prefixes.toString(family, reader.high(), reader.low(), reader.length());
            texts.add(withPathId ? "#" + reader.pathId() + " " + prefix : prefix);
        }
        return texts;
    }

    static List<String> texts(Family family, PrefixReader reader) {
        return texts(family, reader, false);
    }

    static PathAttributes classic(UpdateParser parser) {
        PathAttributes attributes = parser.attributes();
        if (attributes == null) {
            throw new AssertionError("no attributes for the NLRI field; errors " + parser.errors());
        }
        return attributes;
    }

    static PathAttributes multiprotocol(UpdateParser parser) {
        PathAttributes attributes = parser.reachableAttributes();
        if (attributes == null) {
            throw new AssertionError("no attributes for MP_REACH_NLRI; errors " + parser.errors());
        }
        return attributes;
    }
}
