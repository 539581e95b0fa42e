package io.tapetum.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Passphrase;

/** {@code tapetum keys create}. */
@Command(name = "create", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Make a keystore without keys.", description = "%nOnly the owner of the file may read it. Its passphrase is asked for twice if --passphrase does not say where it is.%n", footerHeading = "%nExample:%n", footer = "  tapetum keys create --store /etc/tapetum.keys --passphrase file:/etc/tapetum.pass")
final class KeysCreateCommand implements Callable<Integer> {

    @Mixin
    private final KeystoreOptions store;

    KeysCreateCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = store.access();
        try (Passphrase passphrase = access.newPassphrase()) {
            access.file().create(passphrase);
        }
        access.say("made the keystore " + access.path() + "; add keys to it with `tapetum keys add NAME`");
        return ExitCode.OK;
    }
}
