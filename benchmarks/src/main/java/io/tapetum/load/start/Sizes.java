package io.tapetum.load.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tapetum.load.daemon.Daemon;

/** How much of a disk daemons take. */
final class Sizes {

    private static final double MIB = 1 << 20;
    private static final double KIB_PER_MIB = 1024;

    private Sizes() {}

    /** Parts and their MiB, of a checkout that has been built. */
    static Map<String, Double> ofCheckout(Path root) throws IOException {
        Path server = root.resolve("server/target");
        double jars = 0;
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(server, server.resolve("lib"))) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(file -> file.toString().endsWith(".jar") && !file.toString().endsWith("-tests.jar"))
                        .forEach(files::add);
            }
        }
        for (Path file : files) {
            jars += Files.size(file) / MIB;
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("jars", jars);
        Path cache = server.resolve("tapetum.aot");
        if (Files.exists(cache)) {
            parts.put("AOT cache", Files.size(cache) / MIB);
        }
        return parts;
    }

    /** Parts and their MiB. */
    static Map<String, Double> ofImage(ImageFiles image) throws IOException {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("tar", Files.size(image.tar()) / MIB);
        image.parts().forEach((part, octets) -> parts.put(part, octets / MIB));
        return parts;
    }

    /** What Debian says of the package alone, and of all that it needs on a system that has nothing; empty without apt. */
    static Map<String, Double> ofPackage(Daemon daemon) throws IOException, InterruptedException {
        String name = switch (daemon) {
            case BIRD1 -> "bird";
            case BIRD2 -> "bird2";
            case FRR -> "frr";
            case GOBGP -> "gobgpd";
            case OPENBGPD -> "openbgpd";
            case TAPETUM, RELAY -> "";
        };
        Map<String, Double> parts = new LinkedHashMap<>();
        if (name.isEmpty()) {
            return parts;
        }
        List<String> needed = said("apt-get", "install", "--simulate", "--no-install-recommends", "-o",
                "Debug::NoLocking=1", "-o", "Dir::State::status=/dev/null", name)
                .filter(line -> line.startsWith("Inst "))
                .map(line -> line.split(" ")[1]).toList();
        if (needed.contains(name)) {
            parts.put("package", installedMib(List.of(name)));
            parts.put("with all it needs", installedMib(needed));
        }
        return parts;
    }

    private static double installedMib(List<String> packages) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-cache", "show", "--no-all-versions"));
        command.addAll(packages);
        return said(command.toArray(String[]::new)).filter(line -> line.startsWith("Installed-Size: "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1])).sum() / KIB_PER_MIB;
    }

    private static Stream<String> said(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            List<String> lines = process.inputReader().lines().toList();
            process.waitFor();
            return lines.stream();
        } catch (IOException e) {
            return Stream.empty(); // no Debian
        }
    }
}
