package io.tapetum.server.calico.secret;

import io.tapetum.server.keys.TcpKey;

/** What a value of a Secret is to a session. */
public sealed interface SecretValue {

    /** A key. */
    record Usable(TcpKey key) implements SecretValue {

        @Override
        public void wipe() {
            key.wipe();
        }
    }

    /**
     * Nothing that both ends could sign with.
     *
     * @param reason begins with a verb: {@code is empty}
     */
    record Unusable(String reason) implements SecretValue {

        /** Nothing of it was kept. */
        @Override
        public void wipe() {}
    }

    /** Overwrites the octets. The value must not be used any more. */
    void wipe();

    /**
     * What these octets are. A node has them in its BIRD's configuration between quotes, as they are, and goes on with the
     * configuration before them if they end the text there.
     */
    static SecretValue of(byte[] octets) {
        for (byte octet : octets) {
            if (octet == '\n' || octet == '"' || octet == 0) {
                return new Unusable(octet == '\n'
                        ? "has a line break, often one at its end that an editor or echo left there"
                        : octet == '"' ? "has a quotation mark" : "has an octet 0");
            }
        }
        try {
            return new Usable(TcpKey.of(octets));
        } catch (IllegalArgumentException e) {
            return new Unusable("cannot be used: " + e.getMessage());
        }
    }
}
