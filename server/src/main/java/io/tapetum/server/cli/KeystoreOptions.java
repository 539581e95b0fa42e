package io.tapetum.server.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.tapetum.server.keys.KeyReference;

/** Which keystore a command works on. */
final class KeystoreOptions {

    @Option(names = "--store", paramLabel = "FILE", description = "the keystore; keys.store of the configuration unless you say so")
    @Nullable
    Path store;

    @Option(names = "--passphrase", paramLabel = "REFERENCE", description = "where its passphrase is, file:PATH or env:VARIABLE; keys.passphrase of the configuration unless"
            + " you say so, and without one you are asked")
    @Nullable
    KeyReference passphrase;

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE", description = "the configuration whose keystore it is, as for tapetum run")
    @Nullable
    Path config;

    /** Says nothing of what was given: it might be the passphrase itself. */
    static KeyReference parse(String text) {
        return KeyReference.outsideOfKeystore(text).orElseThrow(() -> new TypeConversionException(
                "expected file:PATH or env:VARIABLE, where the passphrase is; the passphrase itself has no place on a"
                        + " command line, which everybody on this host can read"));
    }
}
