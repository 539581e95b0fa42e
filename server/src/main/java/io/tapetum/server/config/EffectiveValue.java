package io.tapetum.server.config;

import com.typesafe.config.ConfigValue;

/**
 * One key of the configuration that is in effect.
 *
 * @param key without the block that contains everything: {@code datastore.type}, {@code peers[0].address}
 * @param value as in JSON; {@link Secret#MASK} for what nobody may see
 * @param source where it comes from, for operators
 */
public record EffectiveValue(String key, ConfigValue value, String source) {

    /** Whether an operator wrote it, in a file or around the process. */
    public boolean isWritten() {
        return !source.equals(Provenance.DEFAULT);
    }

    /** The value in the notation of a configuration file, on one line. */
    public String text() {
        return Problems.rendered(value);
    }
}
