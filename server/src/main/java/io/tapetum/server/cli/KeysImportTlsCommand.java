package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Passphrase;
import io.tapetum.server.tls.PemException;
import io.tapetum.server.tls.TlsIdentity;

/** {@code tapetum keys import-tls}. */
@Command(name = "import-tls", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Put a TLS certificate and its key into the keystore.", description = "%nThe admin endpoint can show it. The files are as tools write them: certificates in PEM, those of the issuers behind it, and a key in"
        + " PEM, without a passphrase. What was there before is replaced.%n", footerHeading = "%nExample:%n", footer = "  tapetum keys import-tls --cert tls.crt --key tls.key --config /etc/tapetum.conf")
final class KeysImportTlsCommand implements Callable<Integer> {

    @Option(names = "--cert", required = true, paramLabel = "FILE", description = "the certificate, and those of its issuers")
    private Path cert = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "the key of the first certificate")
    private Path key = Path.of("");

    @Mixin
    private final KeystoreOptions store;

    KeysImportTlsCommand(Map<String, String> variables, Keyboard keyboard) {
        store = new KeystoreOptions(variables, keyboard);
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, KeysException, PemException {
        KeystoreAccess access = store.access();
        TlsIdentity identity = TlsIdentity.read(cert, key);
        try (Passphrase passphrase = access.passphrase()) {
            access.file().change(passphrase, keystore -> keystore.putTls(identity));
        }
        access.say("imported the certificate of " + identity + ", valid until "
                + identity.certificate().getNotAfter().toInstant());
        return ExitCode.OK;
    }
}
