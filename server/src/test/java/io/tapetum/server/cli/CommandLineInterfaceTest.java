package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.DatastoreSettings;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.reflector.ReflectorStarter;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.SourceStatus;

class CommandLineInterfaceTest {

    private static final ReflectorStarter NEVER = (_, _, _) -> {
        throw new AssertionError("nothing should have been started");
    };

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();
    private @Nullable StubPeerSource source;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StubReflector reflector = new StubReflector();
    private final CompletableFuture<ServerSettings> started = new CompletableFuture<>();
    private final CompletableFuture<Runnable> termination = new CompletableFuture<>();

    private int execute(ReflectorStarter starter, String... arguments) {
        return new CommandLineInterface(starter, _ -> source, termination::complete, variables, new StubKeyboard())
                .writingTo(new PrintWriter(out, true), new PrintWriter(err, true)).execute(arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("tapetum.conf"), text).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private CompletableFuture<Integer> run(int adminPort) throws IOException {
        String file = file("tapetum { router-id = 10.0.0.1, admin.listen = \"127.0.0.1:" + adminPort + "\" }");
        return CompletableFuture.supplyAsync(() -> execute((settings, _, _) -> {
            started.complete(settings);
            return reflector;
        }, "run", "--config", file, "--log-level", "warn", "--log-format", "json"),
                command -> Thread.ofVirtual().start(command));
    }

    @Test
    void check_sums_up_a_file_that_is_right() throws IOException {
        String file = file("tapetum { router-id = 10.0.0.1, peers = [ { address = 10.0.0.2 } ] }");

        assertThat(execute(NEVER, "check", file)).isZero();
        assertThat(out).hasToString("OK: " + file
                + ": AS 64512, router id 10.0.0.1, 1 peer, 0 ranges, listening on *:179" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void check_counts_the_environment_below_the_file_as_run_does() throws IOException {
        variables.put("IP", "10.0.0.2");
        variables.put("CLUSTER_ID", "1.0.0.1");
        String file = file("tapetum { as = 65000 }");

        assertThat(execute(NEVER, "check", file)).isZero();
        assertThat(out).hasToString("OK: " + file + " with the environment: AS 65000, router id 10.0.0.2, 0 peers,"
                + " 0 ranges, more peers from Kubernetes (by address), listening on *:179" + System.lineSeparator());
    }

    @Test
    void without_a_file_the_environment_of_an_old_reflector_is_enough() throws Exception {
        variables.put("IP", "10.0.0.2");
        variables.put("ETCD_ENDPOINTS", "http://10.0.0.5:2379");

        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> execute((settings, _, _) -> {
            started.complete(settings);
            throw new BindException("enough");
        }, "run"), command -> Thread.ofVirtual().start(command));

        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(started.get(20, TimeUnit.SECONDS)).satisfies(settings -> {
            assertThat(settings.reflector().routerId()).isEqualTo(0x0A000002);
            assertThat(settings.datastore().type()).isEqualTo(DatastoreSettings.Type.ETCD_V3);
            assertThat(settings.listen()).extracting(Object::toString).containsExactly("*:179");
        });
    }

    @Test
    void nothing_is_started_before_the_peers_are_known_but_operators_can_see_why() throws Exception {
        StubPeerSource datastore = new StubPeerSource(
                new SourceStatus("a stub", SourceStatus.State.SYNCING, Duration.ZERO, "", List.of()));
        source = datastore;
        int port = freePort();
        CompletableFuture<Integer> exit = run(port);

        await().untilAsserted(() -> {
            assertThat(execute(NEVER, "status", "--admin", "127.0.0.1:" + port)).isZero();
            assertThat(out.toString()).contains("Peers from a stub: syncing");
        });
        assertThat(started).isNotDone();

        datastore.publish(DesiredPeers.NONE);
        assertThat(started).succeedsWithin(Duration.ofSeconds(20));
        await().until(() -> reflector.calls.contains("reconcile: 0"));
        assertThat(execute(NEVER, "drain", "--admin", "127.0.0.1:" + port)).isZero();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(datastore.closed).isTrue();
    }

    @Test
    void a_datastore_that_cannot_be_used_is_explained() throws IOException {
        String file = file("tapetum { router-id = 10.0.0.1, admin.listen = off }");

        int exit = new CommandLineInterface(NEVER, _ -> {
            throw new IllegalArgumentException("the file /no/such cannot be read");
        }, termination::complete, variables, new StubKeyboard())
                .writingTo(new PrintWriter(out, true), new PrintWriter(err, true)).execute("run", "-c", file);

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("tapetum: the datastore cannot be used: the file /no/such cannot be read"
                + System.lineSeparator());
    }

    @Test
    void an_environment_that_cannot_be_understood_starts_nothing() {
        variables.put("DATASTORE_TYPE", "consul");

        assertThat(execute(NEVER, "run")).isEqualTo(78);
        assertThat(err.toString()).contains("environment variable DATASTORE_TYPE: DATASTORE_TYPE = \"consul\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run -c", "run --config", "--config", "-c"})
    void a_wrong_file_is_explained_and_nothing_is_started(String command) throws IOException {
        String file = file("tapetum {\n  as = 0\n  log.level = loud\n}");
        String[] arguments = (command + " " + file).split(" ");

        assertThat(execute(NEVER, arguments)).isEqualTo(78);
        assertThat(err.toString().lines()).satisfiesExactly(
                missing -> assertThat(missing).isEqualTo(file
                        + ": tapetum.router-id is missing: expected an identifier like 10.0.0.1 other than 0.0.0.0"
                        + ", or addresses.ipv4 (in the environment IP) to take it from"),
                as -> assertThat(as).startsWith(file + ":2: tapetum.as = 0: expected an AS number"),
                level -> assertThat(level).startsWith(file + ":3: tapetum.log.level = \"loud\": expected one of"),
                end -> assertThat(end).isEqualTo("tapetum: 3 problems in the configuration; nothing was started"));
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runn", "check", "check a b", "run --log-level loud", "run --config", "--nonsense",
            "drain --admin somewhere", "status --admin 127.0.0.1", "status --long", "config", "show", "config check",
            "config show --format xml"})
    void a_wrong_command_line_is_explained_without_a_stack_trace(String line) {
        assertThat(execute(NEVER, line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("tapetum: ").doesNotContain("\tat ").contains("tapetum ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "run --help", "check --help", "config --help", "config check --help"})
    void help_has_an_example(String line) {
        assertThat(execute(NEVER, line.split(" "))).isZero();
        assertThat(out.toString()).containsPattern("(?m)^  (tapetum|curl) ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void the_help_lists_commands_and_exit_codes() {
        execute(NEVER, "--help");

        assertThat(out.toString()).contains("run ", "check ", "status ", "drain ", "config ", "78 ", "143 ");
        assertThat(Arrays.stream(out.toString().split("\n"))).allMatch(line -> line.length() <= 80);
    }

    @Test
    void the_version_names_the_program() {
        assertThat(execute(NEVER, "--version")).isZero();
        assertThat(out.toString()).startsWith("tapetum ").contains("Java ");
    }

    @ParameterizedTest
    @CsvSource({"'', run", "--config x, run --config x", "-c x, run -c x", "--log-level debug, run --log-level debug",
            "--help, --help", "-V, -V", "status, status", "config show, config show", "run -c x, run -c x"})
    void without_a_command_it_runs(String line, String meant) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThat(new CommandLineInterface(NEVER, _ -> null, termination::complete, variables, new StubKeyboard())
                .withCommand(arguments))
                .containsExactly(meant.split(" "));
    }

    @Test
    void a_reflector_shows_its_sessions_and_stops_after_a_drain() throws Exception {
        StubPeerSource datastore = new StubPeerSource(StubReflector.SOURCES.getFirst());
        source = datastore;
        int port = freePort();
        CompletableFuture<Integer> exit = run(port);
        datastore.publish(DesiredPeers.NONE);
        assertThat(started.get(20, TimeUnit.SECONDS).log().format()).hasToString("JSON");
        await().until(() -> reflector.calls.contains("reconcile: 0"));

        assertThat(execute(NEVER, "status", "--admin", "127.0.0.1:" + port)).isZero();
        assertThat(out.toString().lines().filter(line -> !line.startsWith("Version "))).containsExactly(
                "Tapetum is running.",
                "Not ready",
                "  sources: 1 of 1 cannot be followed at present; their peers stay as they were",
                "  converged: peers that are not up yet: 1; they are waited for, for 230 s at most",
                "2 sessions, 1 of them established; 5070 prefixes with 6270 paths",
                "Peers from Kubernetes at https://10.0.0.1:6443: lost for 1m15s, Connection refused",
                "  Node node-3: bgp.ipv4Address is \"10.0.0\", expected an address",
                "",
                "IPv4 BGP status",
                "+--------------+-----------+-------+------------+-------------+",
                "| PEER ADDRESS | PEER TYPE | STATE |   SINCE    |    INFO     |",
                "+--------------+-----------+-------+------------+-------------+",
                "| 10.0.0.11    | global    | up    | 2020-03-01 | Established |",
                "+--------------+-----------+-------+------------+-------------+",
                "",
                "IPv6 BGP status",
                "+-------------------+------------+-------+------------+------------------------------------------------+",
                "|   PEER ADDRESS    | PEER TYPE  | STATE |   SINCE    |                      INFO                      |",
                "+-------------------+------------+-------+------------+------------------------------------------------+",
                "| fd00::1:port:1790 | configured | start | 2020-03-01 | Active Received: 6/5 Cease/Connection Rejected |",
                "+-------------------+------------+-------+------------+------------------------------------------------+");

        out.getBuffer().setLength(0);
        assertThat(execute(NEVER, "status", "--wide", "--admin", "127.0.0.1:" + port)).isZero();
        assertThat(out.toString().lines().skip(9)).containsExactly(
                "NAME     ADDRESS             AS          ROLE      PROTECTED  STATE        SINCE  FAMILIES   PREFIXES  ORIGIN      LAST ERROR",
                "node-1   10.0.0.11           64512       client    md5        Established  2h05m  ipv4,ipv6  1234      global      Socket: Connection refused",
                "spine-1  fd00:0:0:0:0:0:0:1  4200000001  external  md5,ttl    Active       7s     -          0         configured  Received: 6/5 Cease/Connection Rejected",
                "2 sessions");
        assertThat(exit).isNotDone();

        assertThat(execute(NEVER, "drain", "--admin", "127.0.0.1:" + port, "--message", "until 14:00")).isZero();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(reflector.calls).containsExactly("reconcile: 0", "drain: until 14:00", "close");
    }

    @Test
    void a_signal_closes_the_reflector_without_a_drain() throws Exception {
        CompletableFuture<Integer> exit = run(freePort());

        termination.get(20, TimeUnit.SECONDS).run();

        assertThat(reflector.calls).containsExactly("close");
        assertThat(exit).as("the virtual machine ends, not the command").isNotDone();
    }

    @Test
    void a_drain_that_reaches_nobody_says_so() throws IOException {
        assertThat(execute(NEVER, "drain", "--admin", "127.0.0.1:" + freePort())).isEqualTo(1);
        assertThat(err.toString()).startsWith("tapetum: nobody answers at 127.0.0.1:").hasLineCount(1);
    }

    @Test
    void an_admin_port_in_use_is_found_before_anything_starts() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String file = file("tapetum { router-id = 10.0.0.1, admin.listen = \"127.0.0.1:" + socket.getLocalPort()
                    + "\" }");

            assertThat(execute(NEVER, "run", "-c", file)).isEqualTo(1);
            assertThat(err.toString()).startsWith("tapetum: the admin endpoint cannot listen on 127.0.0.1:")
                    .contains("admin.listen").hasLineCount(1);
        }
    }

    @Test
    void a_port_that_cannot_be_listened_on_is_explained() throws IOException {
        String file = file("tapetum { router-id = 10.0.0.1, admin.listen = off }");

        assertThat(execute((_, _, _) -> {
            throw new BindException("*:179: Permission denied");
        }, "run", "-c", file)).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("tapetum: cannot start: *:179: Permission denied; ports below 1024 need"
                + " CAP_NET_BIND_SERVICE, or listen on another one" + System.lineSeparator());
    }

    @Test
    void an_address_that_is_not_of_this_host_is_explained() throws IOException {
        String file = file("tapetum { router-id = 10.0.0.1, listen = [ 10.0.0.9 ], admin.listen = off }");

        assertThat(execute((_, _, _) -> {
            throw new BindException("10.0.0.9:179: Cannot assign requested address");
        }, "run", "-c", file)).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("tapetum: cannot start: 10.0.0.9:179: Cannot assign requested address;"
                + " no interface of this host has the address, see tapetum.listen" + System.lineSeparator());
    }

    @Test
    void a_fault_of_the_program_shows_its_stack_trace() throws IOException {
        String file = file("tapetum { router-id = 10.0.0.1, admin.listen = off }");

        assertThat(execute((_, _, _) -> {
            throw new IllegalStateException("impossible");
        }, "run", "-c", file)).isEqualTo(70);
        assertThat(err.toString()).startsWith("tapetum: a fault of the program").contains("impossible", "\tat ");
    }
}
