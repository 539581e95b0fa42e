package io.tapetum.interop.reflector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The product as it is installed: its launcher, and beside it what the build has just made.
 *
 * <p>The launcher of a checkout builds what is out of date. In the middle of a build, and with several reflectors starting
 * at once, that must not be: from here it is started as in a release, which has no sources to build.
 */
public final class Installation {
    private static final String LAUNCHER = "tapetum";

    /** Where it was put. Reflectors start from several threads: whoever is first puts it there. */
    private static @Nullable String launcher;

    private Installation() {}

    /** Whether there is a launcher, and a build for it to start. */
    public static boolean possible() {
        return checkout().isPresent();
    }

    /** The launcher to start. */
    public static synchronized String launcher() {
        if (launcher == null) {
            launcher = install();
        }
        return launcher;
    }

    private static String install() {
        Path checkout = checkout().orElseThrow(() -> new IllegalStateException("Nothing is built"));
        Path release = Path.of("target", "interop", "release").toAbsolutePath();
        try {
            Files.createDirectories(release.resolve("server"));
            Path link = release.resolve("server").resolve("target");
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, target(checkout));
            }
            return Files.copy(checkout.resolve(LAUNCHER), release.resolve(LAUNCHER),
                    StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The nearest folder above the one that tests run in that has a launcher and a build. */
    private static Optional<Path> checkout() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve(LAUNCHER)))
                .filter(folder -> hasJar(target(folder))).findFirst();
    }

    private static Path target(Path checkout) {
        return checkout.resolve("server").resolve("target");
    }

    private static boolean hasJar(Path target) {
        if (!Files.isDirectory(target.resolve("lib"))) {
            return false;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.anyMatch(file -> file.getFileName().toString().matches("server-.*\\.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
