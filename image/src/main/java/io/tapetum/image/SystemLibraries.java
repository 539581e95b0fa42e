package io.tapetum.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The libraries of this machine that native code of the image needs: the loader and the parts of the C library. They are
 * found by asking the loader itself, and have the same path in the image, because that is where the loader looks.
 */
final class SystemLibraries {

    private SystemLibraries() {}

    /** In a fixed order. */
    static List<Path> of(Path root) throws IOException, InterruptedException {
        SortedSet<Path> libraries = new TreeSet<>();
        List<Path> files = Folders.below(root).stream().filter(Files::isRegularFile).toList();
        for (Path file : files) {
            if (isNative(file)) {
                libraries.addAll(needed(file, ask(file), root));
            }
        }
        return List.copyOf(libraries);
    }

    private static boolean isNative(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            byte[] magic = content.readNBytes(4);
            return magic.length == 4 && magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F';
        }
    }

    private static List<String> ask(Path file) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("ldd", file.toString()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .toList();
        process.waitFor();
        return lines;
    }

    /**
     * What {@code ldd} says of a file: {@code name => path (address)}, {@code path (address)} for the loader, or
     * {@code name => not found}, which is as it should be for what the runtime loads itself by its whole path.
     */
    static List<Path> needed(Path file, List<String> answer, Path root) throws IOException {
        List<Path> libraries = new ArrayList<>();
        for (String line : answer) {
            String text = line.strip();
            int arrow = text.indexOf("=>");
            String library = (arrow < 0 ? text : text.substring(arrow + 2)).strip().replaceFirst(" \\(0x.*", "");
            if (library.equals("not found")) {
                String name = text.substring(0, arrow).strip();
                if (Folders.below(root).stream().noneMatch(path -> path.endsWith(name))) {
                    throw new IOException(file + " needs " + name + ", which this machine does not have");
                }
            } else if (library.startsWith("/") && !Path.of(library).normalize().startsWith(root)) {
                libraries.add(Path.of(library));
            }
        }
        return libraries;
    }
}
