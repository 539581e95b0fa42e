package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

import io.tapetum.server.keys.FileModes;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.keys.KeystoreFile;
import io.tapetum.server.keys.Passphrase;
import io.tapetum.server.keys.SecretReader;

/**
 * The keystore of one call of a command, and its passphrase.
 *
 * @param path the keystore's
 * @param passphraseAt where its passphrase is, or {@code null} if somebody has to be asked
 */
record KeystoreAccess(Path path, @Nullable KeyReference passphraseAt, Map<String, String> variables,
        Keyboard keyboard, CommandSpec command) {

    KeystoreFile file() {
        return new KeystoreFile(path);
    }

    SecretReader reader() {
        return new SecretReader(variables);
    }

    /** The passphrase of a keystore that there is. */
    Passphrase passphrase() throws KeysException, CommandFailedException {
        warn(FileModes.warning(path));
        return passphraseAt == null ? asked("Passphrase of " + path + ": ") : read(passphraseAt);
    }

    /** The passphrase of a keystore that is about to be made. */
    Passphrase newPassphrase() throws KeysException, CommandFailedException {
        Passphrase passphrase = passphraseAt == null
                ? askedTwice("New passphrase of " + path + ": ")
                : read(passphraseAt);
        if (!passphrase.isLongEnough()) {
            passphrase.close();
            throw new CommandFailedException(
                    "the passphrase is too short: a keystore is only as good as its passphrase;"
                            + " take " + Passphrase.SHORTEST_NEW + " characters at least");
        }
        return passphrase;
    }

    private Passphrase read(KeyReference reference) throws KeysException {
        if (reference instanceof KeyReference.InFile inFile) {
            warn(FileModes.warning(inFile.file()));
        }
        return reader().passphrase(reference);
    }

    private Passphrase asked(String prompt) throws KeysException, CommandFailedException {
        char[] typed = typed(prompt);
        try {
            return Passphrase.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private Passphrase askedTwice(String prompt) throws KeysException, CommandFailedException {
        char[] typed = typedTwice(prompt);
        try {
            return Passphrase.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** What somebody types twice, and which the caller wipes: nobody sees a slip of what is not shown. */
    char[] typedTwice(String prompt) throws CommandFailedException {
        char[] first = typed(prompt);
        char[] second = typed("Once more: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new CommandFailedException("what you typed was not the same twice; nothing was changed");
        }
        return first;
    }

    private char[] typed(String prompt) throws CommandFailedException {
        if (!keyboard.isTerminal()) {
            throw new CommandFailedException("there is no terminal on which to ask for the passphrase of " + path
                    + ": say --passphrase file:PATH or env:VARIABLE");
        }
        char[] typed = keyboard.typed(prompt);
        if (typed == null) {
            throw new CommandFailedException("nothing was typed; nothing was changed");
        }
        return typed;
    }

    void warn(Optional<String> sentence) {
        sentence.ifPresent(this::warn);
    }

    void warn(String sentence) {
        command.commandLine().getErr().println("tapetum: warning: " + sentence);
    }

    void say(String sentence) {
        command.commandLine().getOut().println(sentence);
    }
}
