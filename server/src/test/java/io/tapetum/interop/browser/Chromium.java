package io.tapetum.interop.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.tapetum.interop.lab.Toolbox;

/** A headless Chromium with a profile of its own. One thread uses it. */
public final class Chromium implements AutoCloseable {

    /** Chromium reads commands from descriptor 3 and writes answers to 4; a child of Java has only 0 to 2. */
    private static final String PIPE = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>&2";

    private static final long GRACE_SECONDS = 10;

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process) {
        this.process = process;
        tools = new DevTools(process.getOutputStream(), process.getInputStream());
    }

    /** Whether there is one. */
    public static boolean available() {
        return Toolbox.find("chromium", "chromium").isPresent();
    }

    /**
     * Starts one.
     *
     * @param folder where its profile and its log are, {@code chromium.log}
     * @param prefix a command that runs another one, such as on a host of a lab; empty for this machine
     */
    public static Chromium start(Path folder, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("/bin/sh", "-c", PIPE, Toolbox.command("chromium", "chromium"), "--headless=new",
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--remote-debugging-pipe", "--user-data-dir=" + folder.resolve("profile")));
        try {
            Files.createDirectories(folder);
            return new Chromium(new ProcessBuilder(command)
                    .redirectError(folder.resolve("chromium.log").toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Chromium", e);
        }
    }

    /** A new, empty page. */
    public Tab tab() {
        return Tab.in(tools);
    }

    @Override
    public void close() {
        try {
            // At the end of its pipe it ends itself and the processes that it started.
            process.getOutputStream().close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
