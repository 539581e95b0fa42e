package io.tapetum.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tapetum.load.daemon.Daemon;
import io.tapetum.load.daemon.Installation;

/** What one has to know of a machine to make sense of figures from it. */
public final class Environment {

    private Environment() {}

    /** Names and values, and what the daemons call themselves. */
    public static Map<String, Object> describe(Installation installation, List<Daemon> daemons) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("cores", Runtime.getRuntime().availableProcessors());
        all.put("processor", line(Path.of("/proc/cpuinfo"), "model name"));
        all.put("memory", line(Path.of("/proc/meminfo"), "MemTotal"));
        all.put("kernel", System.getProperty("os.version"));
        all.put("architecture", System.getProperty("os.arch"));
        all.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        Map<String, Object> versions = new LinkedHashMap<>();
        for (Daemon daemon : daemons) {
            versions.put(daemon.id(), daemon.version(installation));
        }
        all.put("versions", versions);
        return all;
    }

    /** What stands behind the colon of the first line with this beginning. */
    private static String line(Path file, String beginning) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> line.startsWith(beginning)).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
    }
}
