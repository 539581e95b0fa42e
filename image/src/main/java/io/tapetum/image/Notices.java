package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Licences of what the image consists of, and the list of its components. */
final class Notices {

    /** On Debian, where the C library is from. */
    private static final Path C_LIBRARY = Path.of("/usr/share/doc/libc6/copyright");

    private Notices() {}

    /** The runtime brings its own, in its folder {@code legal}. */
    static void copy(Path server, Home home) throws IOException {
        Files.createDirectories(home.notices());
        Path licences = server.resolve("legal");
        for (Path file : Folders.below(licences)) {
            Path to = home.notices().resolve(licences.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        }
        Files.copy(server.resolve("bom.json"), home.path().resolve("sbom.cdx.json"));
        if (Files.exists(C_LIBRARY)) {
            Files.copy(C_LIBRARY, home.notices().resolve("libc.txt"));
        }
    }
}
