package io.tapetum.load.daemon;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the daemons are.
 *
 * @param tapetum folder of the checkout
 * @param peers folder with {@code NAME/bin/COMMAND}; what is not there is looked for on the PATH
 */
public record Installation(Path tapetum, Path peers) {

    Optional<Path> find(String name, String command) {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, command));
        return Stream.concat(Stream.of(peers.resolve(name).resolve("bin").resolve(command)), onPath)
                .filter(Files::isExecutable).map(Path::toAbsolutePath).findFirst();
    }
}
