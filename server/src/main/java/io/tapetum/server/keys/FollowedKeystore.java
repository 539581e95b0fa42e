package io.tapetum.server.keys;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** A keystore that is opened only when it has changed: that takes a second of one core. For one thread at a time. */
final class FollowedKeystore {

    /** After so many looks a keystore is tried again that could not be opened: its passphrase may have changed since. */
    private static final int LOOKS_BEFORE_RETRY = 15;

    /** Takes what is wanted from the open keystore. */
    @FunctionalInterface
    interface Use<T> {
        /** Throws if that is not there, which is then known until the keystore changes. */
        T of(Keystore keystore) throws KeysException;
    }

    private final KeystoreFile file;
    private final KeyReference passphrase;
    private final SecretReader reader;

    // What was opened last, or could not be, and found last; it is encrypted, so there is no need to wipe it.
    private byte @Nullable [] known;
    private byte @Nullable [] seen;
    private @Nullable KeysException failure;
    private int looksUntilRetry;

    /** @param passphrase where that of the keystore is */
    FollowedKeystore(KeystoreFile file, KeyReference passphrase, SecretReader reader) {
        this.file = file;
        this.passphrase = passphrase;
        this.reader = reader;
    }

    /**
     * Has a look.
     *
     * @return what is in it now, or empty if that is what the last look found that returned something
     * @throws KeysException if it cannot be used; the same one until it changes or is tried again
     */
    <T> Optional<T> look(Use<T> use) throws KeysException {
        byte[] now = octets();
        // Whoever copies a keystore here leaves half of it for a moment.
        boolean settled = known == null || Arrays.equals(now, seen);
        seen = now;
        boolean news = settled && (!Arrays.equals(now, known) || failure != null && --looksUntilRetry <= 0);
        if (news) {
            return Optional.of(opened(now, use));
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private byte[] octets() throws KeysException {
        try {
            return file.octets();
        } catch (KeysException e) {
            failure = e;
            known = null;
            throw e;
        }
    }

    /** A fault of the program leaves everything as it was, so that the next look tries again. */
    private <T> T opened(byte[] octets, Use<T> use) throws KeysException {
        try (Passphrase opening = reader.passphrase(passphrase); Keystore keystore = file.decode(octets, opening)) {
            T found = use.of(keystore);
            known = octets;
            failure = null;
            return found;
        } catch (KeysException e) {
            known = octets;
            failure = e;
            looksUntilRetry = LOOKS_BEFORE_RETRY;
            throw e;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
