package io.tapetum.load.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An image, unpacked.
 *
 * @param tar a docker-archive
 * @param root of its file system
 */
record ImageFiles(Path tar, Path root) {

    private static final Pattern LAYERS = Pattern.compile("\"Layers\"\\s*:\\s*\\[([^\\]]*)\\]");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

    /** Unpacks into a folder, which is created, with tar(1). */
    static ImageFiles unpack(Path tar, Path folder) throws IOException, InterruptedException {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        Path root = Files.createDirectories(folder.resolve("root"));
        tar(tar, archive);
        Matcher layers = LAYERS.matcher(Files.readString(archive.resolve("manifest.json")));
        if (!layers.find()) {
            throw new IOException(tar + " is no docker-archive: its manifest.json names no layers");
        }
        Matcher layer = NAME.matcher(layers.group(1));
        while (layer.find()) {
            tar(archive.resolve(layer.group(1)), root);
        }
        return new ImageFiles(tar, root);
    }

    private static void tar(Path file, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", "-xpf", file.toString(), "-C", folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        if (process.waitFor() != 0) {
            throw new IOException(file + " cannot be unpacked");
        }
    }

    /** What of the unpacked files takes how many octets. */
    Map<String, Long> parts() throws IOException {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("unpacked", 0L);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).filter(file -> !Files.isSymbolicLink(file))
                    .filter(file -> !file.startsWith(root.resolve("proc")))
                    .forEach(files::add);
        }
        for (Path file : files) {
            String name = root.relativize(file).toString();
            String part = name.endsWith(".jar")
                    ? "jars"
                    : name.endsWith(".aot")
                            ? "AOT cache"
                            : name.contains("/runtime/")
                                    ? "Java runtime"
                                    : name.startsWith("opt/") ? "rest of /opt" : "C library and the rest";
            parts.merge(part, Files.size(file), Long::sum);
            parts.merge("unpacked", Files.size(file), Long::sum);
        }
        return parts;
    }
}
