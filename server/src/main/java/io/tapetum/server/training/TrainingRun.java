package io.tapetum.server.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import io.tapetum.server.cli.CommandLineInterface;
import io.tapetum.server.cli.Termination;
import io.tapetum.server.transport.NettyReflector;

/**
 * Does once what a reflector does in its first seconds: it reads its configuration, and its peers from a Kubernetes API;
 * two clients connect, and each gets the other's route; it is asked for its health, its metrics and its sessions; a client
 * leaves without a word and comes back; it is drained. A virtual machine that is started with {@code -XX:AOTCacheOutput=FILE} and
 * this class as its main class keeps what it learned, and a later start of the program finds the classes of all of that.
 *
 * <p>Ends with 0 if all of it happened, and with 1 and a sentence if not. Everything is on the loopback interface, on ports that
 * nobody uses; nothing is written but a configuration in a temporary file.
 */
public final class TrainingRun {

    /** For each step; all of them together take about two seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TrainingRun() {}

    /** Needs no arguments. */
    public static void main(String[] arguments) throws Exception {
        int code = 1;
        try {
            code = run();
        } catch (IOException e) {
            System.err.println("training: " + e.getMessage());
        }
        System.exit(code);
    }

    /** Returns the exit code. */
    static int run() throws Exception {
        int port = freePort();
        int admin = freePort();
        Path file = Files.createTempFile("tapetum-training-", ".conf");
        try (EmptyCluster cluster = EmptyCluster.start()) {
            Files.writeString(file, """
                                    tapetum {
                                      as = 64512, router-id = 192.0.2.1, addresses.ipv4 = 127.93.17.9
                                      listen = [ "127.93.17.9:%d" ], admin.listen = "127.0.0.1:%d"
                                      dynamic-peers = [ { range = 127.93.0.0/16 } ]
                                      datastore { type = kubernetes, kubernetes.endpoint = "%s" }
                                    }
                                    """.formatted(port, admin, cluster.url()));
            FutureTask<Integer> reflector = new FutureTask<>(() -> tapetum("run", "--config", file.toString()));
            Thread.ofPlatform().name("reflector").daemon().start(reflector);
            rehearse(new InetSocketAddress("127.93.17.9", port), "127.0.0.1:" + admin, reflector);
            return reflector.get();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void rehearse(InetSocketAddress address, String admin, FutureTask<Integer> reflector)
            throws Exception {
        until("the reflector is ready", () -> {
            if (reflector.isDone()) {
                throw new IOException("the reflector ended with exit code " + reflector.get());
            }
            return listens(address) && tapetum("health", "startup", "--admin", admin) == 0;
        });
        try (TrainingClient stays = TrainingClient.connect(address, 1)) {
            try (TrainingClient leaves = TrainingClient.connect(address, 2)) {
                stays.announce(1);
                leaves.announce(1);
                leaves.awaitRoute();
                stays.awaitRoute();
                stays.withdraw();
                leaves.awaitWithdrawal();
                stays.announce(2);
                leaves.awaitRoute();
            }
            try (TrainingClient back = TrainingClient.connect(address, 2)) {
                back.announce(2);
                back.awaitRoute();
                for (String asked : new String[]{"health live", "health ready", "status", "show events"}) {
                    tapetum((asked + " --admin " + admin).split(" "));
                }
                // As Prometheus and a browser ask, and a probe of a kubelet.
                for (String path : new String[]{"/metrics", "/livez", "/readyz", "/v1/sessions"}) {
                    TrainingClient.get("http://" + admin + path);
                }
            }
        }
        tapetum("drain", "--admin", admin);
    }

    private static int tapetum(String... arguments) {
        return new CommandLineInterface(NettyReflector::start, Termination.ofThisProcess()).execute(arguments);
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket _ = new Socket(address.getAddress(), address.getPort(),
                InetAddress.ofLiteral("127.93.0.9"), 0)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void until(String what, Callable<Boolean> condition) throws Exception {
        long begun = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IOException("after " + PATIENCE.toSeconds() + " s it was not so that " + what);
            }
            Thread.sleep(50);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
