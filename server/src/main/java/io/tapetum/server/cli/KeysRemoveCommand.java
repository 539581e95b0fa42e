package io.tapetum.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Passphrase;

/** {@code tapetum keys remove}. */
@Command(name = "remove", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Take a key out of the keystore.", description = "%nSessions that are signed with it end when keys.overlap is over, and do not come back.%n", footerHeading = "%nExample:%n", footer = "  tapetum keys remove spines --config /etc/tapetum.conf")
final class KeysRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", converter = KeyName.class, description = "the key's")
    private String name = "";

    @Mixin
    private final KeystoreOptions store;

    KeysRemoveCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = store.access();
        try (Passphrase passphrase = access.passphrase()) {
            access.file().change(passphrase, keystore -> keystore.remove(name));
        }
        access.say("removed " + name);
        return ExitCode.OK;
    }
}
