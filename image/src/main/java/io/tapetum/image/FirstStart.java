package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has the program rehearse its first seconds, and the virtual machine keep what it learned of its classes. What that writes
 * is not the same twice: an image is the same to the octet as another only if it has the same cache.
 */
final class FirstStart {

    private static final String MAIN_CLASS = "io.tapetum.server.training.TrainingRun";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private FirstStart() {}

    static void run(Home home, Path target) throws IOException, InterruptedException {
        List<String> command = Launcher.command(home, MAIN_CLASS, "-XX:AOTCacheOutput=" + home.cache(),
                "-Xlog:aot*=error,cds*=error");
        Path log = target.resolve("first-start.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Whatever it says of a datastore is for the starts to come.
        builder.environment().clear();
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        // The virtual machine starts another that writes the cache, and waits for it. If that one fails, the file is empty.
        if (!ended || process.exitValue() != 0 || !Files.exists(home.cache()) || Files.size(home.cache()) == 0) {
            process.destroyForcibly();
            throw new IOException("there is no class cache; " + log + " says why");
        }
    }
}
