package io.tapetum.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Passphrase;

/** {@code tapetum keys remove}. */
@Command(name = "remove", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Take a key out of the keystore.", description = "%nSessions that are signed with it end when keys.overlap is over, and do not come back.%n", footerHeading = "%nExample:%n", footer = "  tapetum keys remove spines --config /etc/tapetum.conf")
final class KeysRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", converter = KeyName.class, description = "the key's")
    private String name = "";

    @Mixin
    private KeystoreOptions store = new KeystoreOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> variables;
    private final Keyboard keyboard;

    KeysRemoveCommand(Map<String, String> variables, Keyboard keyboard) {
        this.variables = variables;
        this.keyboard = keyboard;
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = KeystoreAccess.of(store, variables, keyboard, spec);
        try (Passphrase passphrase = access.passphrase()) {
            access.file().change(passphrase, keystore -> keystore.remove(name));
        }
        access.say("removed " + name);
        return ExitCode.OK;
    }
}
