package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration files for tests. */
final class ConfigurationFile {

    private final Path path;

    private ConfigurationFile(Path path) {
        this.path = path;
    }

    static ConfigurationFile in(Path folder, String name, String text) {
        try {
            return new ConfigurationFile(Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that is right but for what the text adds, in line 3 and after. */
    static ConfigurationFile with(Path folder, String text) {
        return in(folder, "tapetum.conf", "tapetum {\n  router-id = 10.0.0.1\n" + text + "\n}\n");
    }

    ServerSettings load() throws ConfigurationException {
        return Configuration.load(path);
    }

    /** What is wrong, as {@code name:line: sentence}. */
    List<String> problems() {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, this::load);
        return e == null
                ? List.of()
                : e.problems().stream()
                        .map(problem -> problem.toString().replace(path.getParent() + "/", "")).toList();
    }
}
