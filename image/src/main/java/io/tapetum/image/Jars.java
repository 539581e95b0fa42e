package io.tapetum.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The program and its libraries. */
final class Jars {

    /** Netty's jars with native code, of which one file of one of them is needed. */
    private static final String NATIVE = "netty-transport-native-(epoll|io_uring)-.*";
    private static final String EPOLL = "netty-transport-native-epoll-";

    private Jars() {}

    static void copy(Path server, Home home) throws IOException {
        boolean unpacked = false;
        for (Path jar : of(server)) {
            String name = jar.getFileName().toString();
            if (!name.matches(NATIVE)) {
                Files.copy(jar, home.app().resolve(name));
            } else if (name.startsWith(EPOLL) && name.endsWith("-linux-" + architecture() + ".jar")) {
                unpack(jar, "libnetty_transport_native_epoll_" + architecture() + ".so", home.natives());
                unpacked = true;
            }
        }
        if (!unpacked) {
            throw new IOException(
                    "there is no " + EPOLL + "*-linux-" + architecture() + ".jar in " + server.resolve("lib"));
        }
    }

    /** As Netty names it. */
    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> name;
        };
    }

    private static List<Path> of(Path server) throws IOException {
        try (Stream<Path> own = Files.list(server); Stream<Path> libraries = Files.list(server.resolve("lib"))) {
            return Stream.concat(own.filter(Jars::isServer), libraries).filter(file -> file.toString().endsWith(".jar"))
                    .sorted().toList();
        }
    }

    private static boolean isServer(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("server-") && !name.matches(".*-(sources|tests|javadoc)\\.jar");
    }

    private static void unpack(Path jar, String library, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (JarFile open = new JarFile(jar.toFile())) {
            ZipEntry entry = open.getEntry("META-INF/native/" + library);
            if (entry == null) {
                throw new IOException(jar + " has no " + library);
            }
            try (InputStream content = open.getInputStream(entry)) {
                Files.copy(content, folder.resolve(library));
            }
        }
    }
}
