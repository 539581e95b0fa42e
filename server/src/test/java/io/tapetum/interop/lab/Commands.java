package io.tapetum.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands that end by themselves, run to their end. */
public final class Commands {
    /** No command of a test needs longer: the slowest is tshark, at a few seconds. */
    private static final long LIMIT_SECONDS = 60;

    private Commands() {}

    /**
     * What a command left behind.
     *
     * @param status its exit status
     * @param output its standard output
     * @param errors its standard error
     */
    public record Result(int status, String output, String errors) {}

    /** Runs a command in a folder and waits for its end, whatever its exit status. */
    public static Result run(Path folder, List<String> command) {
        try {
            // Through files, not pipes: a full pipe that nobody reads would stop the command for ever.
            Path output = Files.createTempFile("tapetum", ".out");
            Path errors = Files.createTempFile("tapetum", ".err");
            try {
                Process process = new ProcessBuilder(command).directory(folder.toFile())
                        .redirectInput(new java.io.File("/dev/null")).redirectOutput(output.toFile())
                        .redirectError(errors.toFile()).start();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("No end after " + LIMIT_SECONDS + " s: " + command);
                }
                return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command, e);
        }
    }

    /** Runs a command that must succeed, and returns its standard output. */
    public static String check(Path folder, List<String> command) {
        Result result = run(folder, command);
        if (result.status() != 0) {
            throw new IllegalStateException("Exit status " + result.status() + " from " + command + "\n"
                    + result.output() + result.errors());
        }
        return result.output();
    }
}
