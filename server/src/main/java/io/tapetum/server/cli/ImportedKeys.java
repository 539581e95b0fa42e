package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.FileModes;
import io.tapetum.server.keys.KeyLines;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Keystore;
import io.tapetum.server.keys.KeystoreFile;
import io.tapetum.server.keys.Passphrase;
import io.tapetum.server.keys.TcpKey;

/**
 * Keys on their way into a keystore. Closing it wipes them.
 *
 * @param keys by name
 */
record ImportedKeys(SequencedMap<String, TcpKey> keys) implements AutoCloseable {

    /**
     * What a file of lines has, or another keystore.
     *
     * @param passphraseAt where that of the other keystore is, or {@code null} if somebody has to be asked
     */
    static ImportedKeys read(Path file, @Nullable KeyReference passphraseAt, KeystoreAccess into)
            throws KeysException, CommandFailedException {
        KeystoreFile other = new KeystoreFile(file);
        if (!other.looksLikeKeystore()) {
            into.warn(FileModes.warning(file));
            return new ImportedKeys(KeyLines.read(file));
        }
        KeystoreAccess from = new KeystoreAccess(file, passphraseAt, into.variables(), into.keyboard(), into.command());
        try (Passphrase passphrase = from.passphrase(); Keystore keystore = other.open(passphrase)) {
            SequencedMap<String, TcpKey> keys = new LinkedHashMap<>();
            keystore.keys().forEach((name, stored) -> keys.put(name, stored.key().copy()));
            return new ImportedKeys(keys);
        }
    }

    @Override
    public void close() {
        keys.values().forEach(TcpKey::wipe);
    }
}
