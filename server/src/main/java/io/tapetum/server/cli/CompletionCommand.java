package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tapetum completion}. */
@Command(name = "completion", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Print what makes a shell complete commands and options.", footerHeading = "%nExamples:%n", footer = {
        "  source <(tapetum completion bash)       # in ~/.bashrc",
        "  source <(tapetum completion zsh)        # in ~/.zshrc",
        "  tapetum completion bash > /etc/bash_completion.d/tapetum"})
final class CompletionCommand implements Callable<Integer> {

    /** The shells that read the same script. */
    enum Shell {
        bash, zsh
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.zsh) {
            // Zsh reads scripts for bash, once it has been told to.
            out.println("autoload -U +X compinit && compinit");
            out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        out.print(AutoComplete.bash(root.getCommandName(), root));
        out.flush();
        return ExitCode.OK;
    }
}
