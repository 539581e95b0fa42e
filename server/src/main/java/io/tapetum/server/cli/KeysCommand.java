package io.tapetum.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tapetum keys}, which only has commands of its own. */
@Command(name = "keys", mixinStandardHelpOptions = true, versionProvider = Version.class, header = "Keep the TCP-MD5 keys of sessions in a keystore.", description = "%nThe keystore is one encrypted file. A reflector that runs notices changes within some seconds, and need not be"
        + " restarted. Keys are typed, piped, or taken from files and variables, never from the command line.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum keys create --store /etc/tapetum.keys --passphrase file:/etc/tapetum.pass",
                "  tapetum keys add spines --generate --show --config /etc/tapetum.conf",
                "  tapetum keys list --config /etc/tapetum.conf"})
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys needs a command: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
