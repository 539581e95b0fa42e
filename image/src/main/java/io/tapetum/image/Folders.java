package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are made anew by each build. */
final class Folders {

    /** The time that Jib gives every file of an image; the class cache is of no use for jars of another time. */
    static final Instant FILE_TIME = Instant.ofEpochSecond(1);

    private Folders() {}

    /** The same folder with nothing in it. */
    static Path empty(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : below(folder).reversed()) {
                Files.delete(path);
            }
        }
        return Files.createDirectories(folder);
    }

    /** Gives everything in it the time that it has in the image. */
    static void age(Path folder) throws IOException {
        FileTime time = FileTime.from(FILE_TIME);
        for (Path path : below(folder)) {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(time,
                    null, null);
        }
    }

    /** The folder and everything below, each folder before what is in it, in a fixed order. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
