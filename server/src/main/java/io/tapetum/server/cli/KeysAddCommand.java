package io.tapetum.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Keystore;

/** {@code tapetum keys add}. */
@Command(name = "add", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Put a key under a new name into the keystore.", description = "%nWithout an option that says where the key comes from, you are asked for it twice, or it is what is piped in. A line break at its"
        + " end does not count. The configuration uses it as tcp-md5-key = \"keystore:NAME\".%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum keys add spines --config /etc/tapetum.conf",
                "  tapetum keys add spines --generate --show --config /etc/tapetum.conf",
                "  tapetum keys add spines --config /etc/tapetum.conf < spines.key"})
final class KeysAddCommand implements Callable<Integer> {

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Mixin
    private final KeystoreOptions store;

    KeysAddCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = store.access();
        key.change("added", access, Keystore::add);
        return ExitCode.OK;
    }
}
