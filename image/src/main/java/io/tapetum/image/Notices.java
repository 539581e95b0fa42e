package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Licences of what the image consists of, and the list of its components, which the build of the server has gathered. */
final class Notices {

    private Notices() {}

    /** The runtime brings its own licences, in its folder {@code legal}. */
    static void copy(Path server, Home home) throws IOException {
        Path licences = server.resolve("legal");
        for (Path file : Folders.below(licences)) {
            Path to = home.notices().resolve(licences.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        }
        Path components = server.resolve("bom.json");
        if (Files.exists(components)) {
            Files.copy(components, home.path().resolve("sbom.cdx.json"));
        } else {
            System.out.println("image: without a list of components, which Maven does not make without a network");
        }
    }
}
