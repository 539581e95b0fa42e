package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are in the image. The layout is that of Java's {@code jpackage}, whose launcher looks for everything at a
 * fixed place beside itself.
 *
 * @param root the folder that becomes {@code /}
 */
record Home(Path root) {

    /** Where the program is in the image. */
    static final String PATH = "opt/tapetum";

    Path path() {
        return root.resolve(PATH);
    }

    /** The executable. */
    Path launcher() {
        return path().resolve("bin/tapetum");
    }

    Path runtime() {
        return path().resolve("lib/runtime");
    }

    /** Jars, the launcher's configuration and the class cache. */
    Path app() {
        return path().resolve("lib/app");
    }

    /** Netty's library of system calls, as a file, so that it need not be unpacked to where nothing can be written. */
    Path natives() {
        return path().resolve("lib/native");
    }

    /** What the virtual machine has learned of classes. */
    Path cache() {
        return app().resolve("tapetum.aot");
    }

    /** Licences. */
    Path notices() {
        return path().resolve("legal");
    }

    /** The class path in a fixed order; the server's jar is the first. */
    List<Path> classPath() throws IOException {
        try (Stream<Path> files = Files.list(app())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted((a, b) -> Boolean.compare(isServer(b), isServer(a)) != 0
                            ? Boolean.compare(isServer(b), isServer(a))
                            : a.compareTo(b))
                    .toList();
        }
    }

    private static boolean isServer(Path jar) {
        return jar.getFileName().toString().startsWith("server-");
    }
}
