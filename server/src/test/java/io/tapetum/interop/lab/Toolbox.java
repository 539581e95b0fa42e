package io.tapetum.interop.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The daemons and tools that {@code ./verify} unpacked.
 *
 * <p>Each has a folder of its own with its commands in {@code bin}. The system property {@code tapetum.peers} names the
 * folder above them; without it, it is the one where {@code ./verify} puts them by default.
 */
public final class Toolbox {
    private static final Path FOLDER = folder();

    private Toolbox() {}

    private static Path folder() {
        String given = System.getProperty("tapetum.peers");
        if (given != null) {
            return Path.of(given);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("tapetum").resolve("peers");
    }

    /** Where a command of a package is, if the package was unpacked. */
    public static Optional<Path> find(String packageFolder, String command) {
        Path path = FOLDER.resolve(packageFolder).resolve("bin").resolve(command);
        return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
    }

    /** The command of a package that must be there: whoever calls this has asked {@link #find} before. */
    public static String command(String packageFolder, String command) {
        return find(packageFolder, command).map(Path::toString).orElseThrow(
                () -> new IllegalStateException(command + " is not in " + FOLDER.resolve(packageFolder)));
    }

    /** The {@code ip} command: the unpacked one, or else the machine's. */
    public static String ip() {
        return find("iproute2", "ip").map(Path::toString).orElse("ip");
    }
}
