package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The executable {@code tapetum}: {@code jpackage}'s, which reads the class path and the options of the virtual machine from
 * a file and becomes it, in the same process. There is no shell in the image.
 */
final class Launcher {

    private static final String MAIN_CLASS = "io.tapetum.server.Tapetum";

    /**
     * Those of the launcher script, for the same reasons; and what a container asks for: the heap is half of the memory that
     * it may have, no file is written beside it, a heap that is full ends the process, because peers with graceful restart
     * fare better with a reflector that starts again than with one that limps, and a crash is told on standard error.
     */
    private static final List<String> OPTIONS = List.of("--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-Xmn16m", "-Xms22m", "-XX:MaxRAMPercentage=50", "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError", "-XX:+ErrorFileToStderr");

    private Launcher() {}

    /** @param target for what is needed on the way */
    static void make(Home home, Path target) throws IOException {
        Path input = Folders.empty(target.resolve("jpackage-input"));
        Path output = Folders.empty(target.resolve("jpackage"));
        Files.writeString(input.resolve("none.jar"), "");
        JavaRuntime.Tool.run("jpackage", "--type", "app-image", "--name", "tapetum", "--input", input.toString(),
                "--main-jar", "none.jar", "--main-class", MAIN_CLASS, "--runtime-image", home.runtime().toString(),
                "--dest", output.toString());
        Path made = output.resolve("tapetum");
        copy(made.resolve("bin/tapetum"), home.launcher());
        copy(made.resolve("lib/libapplauncher.so"), home.path().resolve("lib/libapplauncher.so"));
        Files.createDirectories(home.app());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    /** Writes the launcher's file, once the jars are there. */
    static void configure(Home home) throws IOException {
        List<String> lines = new ArrayList<>(List.of("[Application]", "app.mainclass=" + MAIN_CLASS));
        for (Path jar : home.classPath()) {
            lines.add("app.classpath=$APPDIR/" + jar.getFileName());
        }
        lines.add("");
        lines.add("[JavaOptions]");
        for (String option : OPTIONS) {
            lines.add("java-options=" + option);
        }
        lines.add("java-options=-Djava.library.path=$ROOTDIR/lib/native");
        lines.add("java-options=-XX:AOTCache=$APPDIR/" + home.cache().getFileName());
        // A cache of another machine's options is passed over, which is nothing to report.
        lines.add("java-options=-Xlog:aot=off");
        lines.add("java-options=-Xlog:cds=off");
        Files.write(home.app().resolve("tapetum.cfg"), lines);
    }

    /** How another class of the program is started, without the launcher and with more options. */
    static List<String> command(Home home, String mainClass, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.runtime().resolve("bin/java").toString()));
        command.addAll(OPTIONS);
        command.add("-Djava.library.path=" + home.natives());
        command.addAll(List.of(more));
        command.add("-classpath");
        command.add(String.join(":", home.classPath().stream().map(Path::toString).toList()));
        command.add(mainClass);
        return command;
    }
}
