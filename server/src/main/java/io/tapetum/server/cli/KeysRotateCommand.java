package io.tapetum.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Keystore;

/** {@code tapetum keys rotate}. */
@Command(name = "rotate", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Put another key in the place of one.", description = "%nA reflector that runs takes the new one at once, and the one before for keys.overlap more. Change it at the other end"
        + " of the session within that time, and the session stays up.%n", footerHeading = "%nExample:%n", footer = "  tapetum keys rotate spines --generate --show --config /etc/tapetum.conf")
final class KeysRotateCommand implements Callable<Integer> {

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Mixin
    private final KeystoreOptions store;

    KeysRotateCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = store.access();
        key.change("rotated", access, Keystore::rotate);
        return ExitCode.OK;
    }
}
