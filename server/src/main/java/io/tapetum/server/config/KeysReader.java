package io.tapetum.server.config;

import java.nio.file.Path;
import java.time.Duration;

import io.tapetum.server.config.Section.Entry;
import io.tapetum.server.keys.KeyReference;

/** Reads where keys are. Whether they are there is not seen to here: a keystore may be about to be made. */
final class KeysReader {

    private static final Kind<KeyReference> PASSPHRASE = new Kind<>(
            "file:PATH or env:VARIABLE, where the passphrase of the keystore is; the passphrase itself has no place here",
            new KeyReference.Variable("X"), text -> KeyReference.outsideOfKeystore(text).orElse(null));
    private static final Kind<Duration> OVERLAP = Kinds.duration(Duration.ZERO, Duration.ofHours(24));

    private final Section section;
    private final Problems problems;

    KeysReader(Section root, Problems problems) {
        this.section = root.section("keys");
        this.problems = problems;
    }

    KeysSettings read() {
        section.refuseKeysOtherThan(Schema.KEYS);
        Path store = section.optional("store", Kinds.PATH);
        KeyReference passphrase = section.optional("passphrase", PASSPHRASE);
        Entry written = section.find("store");
        if (store != null && !section.isSet("passphrase") && written != null) {
            problems.badValue(written.path(), written.value(),
                    "keys.passphrase to be set too, to file:PATH or env:VARIABLE");
        }
        return new KeysSettings(store, passphrase, section.get("overlap", OVERLAP));
    }
}
