package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.cli.view.Columns;
import io.tapetum.server.cli.view.Screen;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.Fingerprint;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Keystore;
import io.tapetum.server.keys.Passphrase;

/** {@code tapetum keys list}. */
@Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show what is in the keystore, but no key.", description = "%nWhoever has the same fingerprint has the same key. Fingerprints are slow to make, so that nobody guesses a key by trying: a twentieth"
        + " of a second each.%n", footerHeading = "%nExample:%n", footer = "  tapetum keys list --config /etc/tapetum.conf")
final class KeysListCommand implements Callable<Integer> {

    @Mixin
    private final KeystoreOptions store;

    KeysListCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = store.access();
        try (Passphrase passphrase = access.passphrase(); Keystore keystore = access.file().open(passphrase)) {
            Columns columns = new Columns(List.of("NAME", "OCTETS", "FINGERPRINT", "CREATED", "CHANGED"));
            keystore.keys().forEach((name, stored) -> columns.add(List.of(name, Integer.toString(stored.key().length()),
                    Fingerprint.of(stored.key()), stored.created().toString(), stored.changed().toString())));
            PrintWriter out = access.command().commandLine().getOut();
            columns.print(new Screen(out, Screen.Look.PLAIN, Instant.now(), ZoneId.systemDefault()));
            int count = keystore.keys().size();
            out.println(count + (count == 1 ? " key" : " keys"));
            keystore.tls().ifPresent(identity -> out.println("TLS certificate of " + identity + ", valid until "
                    + identity.certificate().getNotAfter().toInstant()));
        }
        return ExitCode.OK;
    }
}
