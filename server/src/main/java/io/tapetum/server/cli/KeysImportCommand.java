package io.tapetum.server.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeyDoubts;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Passphrase;

/** {@code tapetum keys import}. */
@Command(name = "import", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Put many keys into the keystore at once.", description = "%nFILE has a line \"NAME KEY\" for each, or is another keystore; lines that begin with # say nothing. All of them are imported or, if"
        + " anything is wrong, none.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum keys import spines.txt --config /etc/tapetum.conf",
                "  tapetum keys import old.keys --from-passphrase file:old.pass --config /etc/tapetum.conf"})
final class KeysImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "where the keys are")
    private Path file = Path.of("");

    @Option(names = "--from-passphrase", paramLabel = "REFERENCE", description = "if FILE is a keystore: where its passphrase is, file:PATH or env:VARIABLE; without one you are"
            + " asked")
    private @Nullable KeyReference fromPassphrase;

    @Option(names = "--replace", description = "let imported keys take the place of those that have the same names")
    private boolean replace;

    @Mixin
    private final KeystoreOptions store;

    KeysImportCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException {
        KeystoreAccess access = store.access();
        try (Passphrase passphrase = access.passphrase();
                ImportedKeys imported = ImportedKeys.read(file, fromPassphrase, access)) {
            imported.keys()
                    .forEach((name, key) -> KeyDoubts.of(key).forEach(doubt -> access.warn(name + ": " + doubt)));
            access.file().change(passphrase, keystore -> {
                Instant now = Instant.now();
                for (var entry : imported.keys().entrySet()) {
                    if (replace) {
                        keystore.put(entry.getKey(), entry.getValue(), now);
                    } else {
                        keystore.add(entry.getKey(), entry.getValue(), now);
                    }
                }
            });
            int count = imported.keys().size();
            access.say("imported " + count + (count == 1 ? " key: " : " keys: ")
                    + String.join(", ", imported.keys().keySet()));
        }
        return ExitCode.OK;
    }
}
