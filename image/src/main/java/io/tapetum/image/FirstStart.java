package io.tapetum.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the program once, on an address of this host that hardly anybody uses, and has the virtual machine keep what it
 * learned of its classes. What it writes is not the same twice: an image is the same to the octet as another only if it has
 * the same cache.
 */
final class FirstStart {

    private static final String ADDRESS = "127.93.17.10";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FirstStart() {}

    static void run(Home home, Path target) throws IOException, InterruptedException {
        Path configuration = target.resolve("first-start.conf");
        Files.writeString(configuration, """
                                         tapetum {
                                           as = 64512, router-id = 192.0.2.1
                                           listen = [ "%1$s:1790" ], admin.listen = "%1$s:9179"
                                           dynamic-peers = [ { range = 127.93.0.0/16, as = 64512 } ]
                                         }
                                         """.formatted(ADDRESS));
        List<String> command = new ArrayList<>(
                Launcher.command(home, "-XX:AOTCacheOutput=" + home.cache(), "-Xlog:aot*=error,cds*=error"));
        command.addAll(List.of("run", "--config", configuration.toString()));
        Path log = target.resolve("first-start.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        Process process = builder.start();
        try {
            awaitRunning(process, log);
            scrape();
        } finally {
            process.destroy();
        }
        // The virtual machine starts another that writes the cache, and waits for it. If that one fails, the file is empty.
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || !Files.exists(home.cache())
                || Files.size(home.cache()) == 0) {
            process.destroyForcibly();
            throw new IOException("the virtual machine wrote no class cache; " + log + " says why");
        }
    }

    private static void awaitRunning(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("is running")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the program did not start; " + log + " says why");
            }
            Thread.sleep(50);
        }
    }

    /** Prometheus and probes come soon after every start. */
    private static void scrape() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of("/livez", "/readyz", "/startupz", "/metrics")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + ADDRESS + ":9179" + path)).build();
                client.send(request, HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}
