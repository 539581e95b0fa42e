package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.KeysSettings;
import io.tapetum.server.environment.CalicoEnvironment;
import io.tapetum.server.keys.KeyReference;

/** Which keystore a command works on. */
final class KeystoreOptions {

    @Option(names = "--store", paramLabel = "FILE", description = "the keystore; keys.store of the configuration unless you say so")
    private @Nullable Path store;

    @Option(names = "--passphrase", paramLabel = "REFERENCE", description = "where its passphrase is, file:PATH or env:VARIABLE; keys.passphrase of the configuration unless"
            + " you say so, and without one you are asked")
    private @Nullable KeyReference passphrase;

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE", description = "the configuration whose keystore it is, as for tapetum run")
    private @Nullable Path config;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec command;

    private final Map<String, String> variables;
    private final Keyboard keyboard;

    KeystoreOptions(Map<String, String> variables, Keyboard keyboard) {
        this.variables = variables;
        this.keyboard = keyboard;
    }

    /** What was said on the command line, and else by the configuration. */
    KeystoreAccess access() throws ConfigurationException {
        KeysSettings settings = config == null
                ? null
                : Configuration.load(config, CalicoEnvironment.of(variables)).settings().keys();
        Path path = store != null ? store : settings == null ? null : settings.store();
        if (path == null) {
            throw new ParameterException(command.commandLine(),
                    "which keystore? Say --store FILE, or --config FILE with"
                            + " a configuration that has keys.store");
        }
        KeyReference reference = passphrase != null ? passphrase : settings == null ? null : settings.passphrase();
        return new KeystoreAccess(path, reference, variables, keyboard, command);
    }

    /** Says nothing of what was given: it might be the passphrase itself. */
    static KeyReference parse(String text) {
        return KeyReference.outsideOfKeystore(text).orElseThrow(() -> new TypeConversionException(
                "expected file:PATH or env:VARIABLE, where the passphrase is; the passphrase itself has no place on a"
                        + " command line, which everybody on this host can read"));
    }
}
