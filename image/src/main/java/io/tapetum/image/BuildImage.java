package io.tapetum.image;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/** Called by Maven: from the jars of the server to {@code tapetum-image.tar}, step by step. */
public final class BuildImage {

    private BuildImage() {}

    /**
     * Makes it, and says on standard output how far it has come.
     *
     * @param arguments the server's build folder, where its jar and {@code lib/} are; the folder in which the archive is
     *            made; the version; the time that the image bears; and a cache of an earlier build to use again, or nothing
     */
    public static void main(String[] arguments) throws Exception {
        Path server = Path.of(arguments[0]).toRealPath();
        Path target = Path.of(arguments[1]).toAbsolutePath();
        String version = arguments[2];
        Instant created = Instant.parse(arguments[3]);
        String cacheToUse = arguments.length > 4 ? arguments[4] : "";

        Files.createDirectories(target);
        Path root = Folders.empty(target.resolve("root"));
        Home home = new Home(root);
        say("linking the Java runtime");
        JavaRuntime.link(home.runtime());
        say("making the launcher");
        Launcher.make(home, target);
        Jars.copy(server, home);
        Notices.copy(server, home);
        Launcher.configure(home);
        Folders.age(root);
        if (cacheToUse.isEmpty()) {
            say("starting the program once, to keep what the virtual machine learns of its classes");
            FirstStart.run(home, target);
            Files.copy(home.cache(), target.resolve(home.cache().getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } else {
            say("taking the class cache " + cacheToUse);
            Files.copy(Path.of(cacheToUse), home.cache());
        }
        say("gathering the C library");
        List<Path> libraries = SystemLibraries.of(root);
        Path base = target.resolve("base.tar");
        BaseImage.write(base, home, libraries);
        Path archive = target.resolve("tapetum-image.tar");
        String id = ContainerImage.write(archive, base, home, version, revision(server), created,
                target.resolve("jib"));
        say("%s, %d MB: tapetum:%s, image id %s".formatted(archive, Files.size(archive) / 1_000_000, version,
                id));
    }

    /** The commit, as the server's build has written it down; sources that are no checkout have none. */
    private static String revision(Path server) throws IOException {
        Path file = server.resolve("classes/io/tapetum/server/cli/commit.properties");
        if (!Files.exists(file)) {
            return "unknown";
        }
        Properties commit = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            commit.load(reader);
        }
        return commit.getProperty("git.commit.id.full", "unknown");
    }

    private static void say(String text) {
        System.out.println("image: " + text);
    }
}
