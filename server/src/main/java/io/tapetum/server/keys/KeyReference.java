package io.tapetum.server.keys;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a key is. It is no secret; its text, which {@link #parse} takes, may stand in logs and files. */
public sealed interface KeyReference {

    /** In the keystore, under this name. */
    record Stored(String name) implements KeyReference {

        /** What a key may be called. */
        public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

        /** Begins the text of every such reference, and of no other. */
        public static final String PREFIX = "keystore:";

        @Override
        public String toString() {
            return PREFIX + name;
        }
    }

    /** In a file that holds nothing else; a line break at its end does not count. */
    record InFile(Path file) implements KeyReference {

        @Override
        public String toString() {
            return "file:" + file;
        }
    }

    /** In a variable of the environment. */
    record Variable(String name) implements KeyReference {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /** In a Secret of the Kubernetes API, which Calico's BGPPeers name; no configuration can. */
    record InSecret(String namespace, String name, String key) implements KeyReference {

        /** Begins the text of every such reference, and of no other. */
        public static final String PREFIX = "secret:";

        /** The text of one that names no Secret: there is never a key for it, so what has it can never be unsigned. */
        public static final String NOWHERE = PREFIX + "?";

        private static final Pattern TEXT = Pattern.compile(PREFIX + "([^/]+)/([^/]+)/([^/]+)");

        /** The reference whose text this is; empty if it is of another kind. */
        public static Optional<InSecret> ofText(String text) {
            Matcher parts = TEXT.matcher(text);
            return parts.matches()
                    ? Optional.of(new InSecret(parts.group(1), parts.group(2), parts.group(3)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return PREFIX + namespace + "/" + name + "/" + key;
        }
    }

    /** The reference that is written so in a configuration; empty if it is none. */
    static Optional<KeyReference> parse(String text) {
        int colon = text.indexOf(':');
        String where = colon < 0 ? "" : text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "keystore" ->
                Stored.NAME.matcher(where).matches() ? Optional.of(new Stored(where)) : Optional.empty();
            case "file" -> file(where);
            case "env" -> Variable.NAME.matcher(where).matches() ? Optional.of(new Variable(where)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The same for what cannot be in the keystore: its own passphrase. */
    static Optional<KeyReference> outsideOfKeystore(String text) {
        return parse(text).filter(reference -> !(reference instanceof Stored));
    }

    private static Optional<KeyReference> file(String path) {
        try {
            return path.isBlank() ? Optional.empty() : Optional.of(new InFile(Path.of(path)));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
