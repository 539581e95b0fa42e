package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import io.tapetum.server.keys.FileModes;
import io.tapetum.server.keys.Fingerprint;
import io.tapetum.server.keys.KeyDoubts;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.Keystore;
import io.tapetum.server.keys.Passphrase;
import io.tapetum.server.keys.RandomKey;
import io.tapetum.server.keys.SecretReader;
import io.tapetum.server.keys.TcpKey;

/** A key's name, and where the key comes from: never from the command line. */
final class KeyOptions {

    @Parameters(index = "0", paramLabel = "NAME", converter = KeyName.class, description = "what the key is called: 1 to 64 small letters, digits, dots, dashes and underscores")
    private String name = "";

    /** Taken so that it can be refused without being printed. */
    @Parameters(index = "1..*", hidden = true)
    private List<String> tooMuch = new ArrayList<>();

    @Option(names = "--from-file", paramLabel = "FILE", description = "take the key from a file that holds nothing else")
    private @Nullable Path file;

    @Option(names = "--from-env", paramLabel = "VARIABLE", description = "take it from the environment")
    private @Nullable String variable;

    @Option(names = "--generate", description = "make a random key of 32 letters and digits")
    private boolean generate;

    @Option(names = "--show", description = "print the generated key, once, on standard output; all else goes to standard error")
    private boolean show;

    /** What is done with the key. */
    interface Operation {
        void apply(Keystore keystore, String name, TcpKey key, Instant now) throws KeysException;
    }

    /**
     * Does it, and says so.
     *
     * @param done a word for it
     */
    void change(String done, KeystoreAccess access, Operation operation) throws KeysException, CommandFailedException {
        check(access.command());
        try (Passphrase passphrase = access.passphrase()) {
            TcpKey key = key(access);
            try {
                KeyDoubts.of(key).forEach(access::warn);
                access.file().change(passphrase, keystore -> operation.apply(keystore, name, key, Instant.now()));
                tell(done, key, access);
            } finally {
                key.wipe();
            }
        }
    }

    private void check(CommandSpec command) {
        if (!tooMuch.isEmpty()) {
            throw new ParameterException(command.commandLine(),
                    "expected the name only. If what follows it was the key:"
                            + " everybody on this host could read it there, so take another, and type or pipe it");
        }
        if (Stream.of(file != null, variable != null, generate).filter(given -> given).count() > 1) {
            throw new ParameterException(command.commandLine(),
                    "expected one of --from-file, --from-env and --generate");
        }
        if (show && !generate) {
            throw new ParameterException(command.commandLine(),
                    "--show goes with --generate: every other key you know already");
        }
    }

    private TcpKey key(KeystoreAccess access) throws KeysException, CommandFailedException {
        if (generate) {
            return RandomKey.make();
        }
        if (file != null) {
            access.warn(FileModes.warning(file));
            return access.reader().key(new KeyReference.InFile(file));
        }
        if (variable != null) {
            return access.reader().key(new KeyReference.Variable(variable));
        }
        if (!access.keyboard().isTerminal()) {
            return SecretReader.piped(access.keyboard().piped());
        }
        char[] typed = access.typedTwice("Key " + name + " (what you type is not shown): ");
        try {
            return SecretReader.typed(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private void tell(String done, TcpKey key, KeystoreAccess access) {
        String sentence = done + " " + name + ": fingerprint " + Fingerprint.of(key) + ", " + key.length() + " octets";
        if (show) {
            access.command().commandLine().getErr().println(sentence);
            print(key, access.command().commandLine().getOut());
        } else {
            access.say(sentence + (generate ? "; nobody has seen the key, see --show" : ""));
        }
    }

    /** A generated key is ASCII. */
    private static void print(TcpKey key, PrintWriter out) {
        byte[] octets = new byte[key.length()];
        key.copyTo(octets, 0);
        for (byte octet : octets) {
            out.write(octet);
        }
        out.println();
        Arrays.fill(octets, (byte) 0);
    }
}
