package io.tapetum.load.daemon;

import static io.tapetum.load.route.Addresses.AS;
import static io.tapetum.load.route.Addresses.NEXT_HOP_RANGE;
import static io.tapetum.load.route.Addresses.SOURCE_RANGE;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tapetum.load.relay.Relay;
import io.tapetum.load.route.Addresses;

/**
 * The reflectors that are known here, each configured for the same: every connection from the clients' range is a client
 * of the cluster, everything is accepted and passed on, no route goes to the kernel. Nothing is tuned; BIRD's timers are
 * those that calico-node gives it.
 */
public enum Daemon {

    TAPETUM("tapetum") {
        @Override
        Optional<Path> find(Installation installation) {
            return Optional.of(installation.tapetum().resolve("tapetum")).filter(Files::isExecutable);
        }

        @Override
        String configuration(Setting setting) {
            return """
                   tapetum {
                     as = %d
                     router-id = "%s"
                     cluster-id = "%s"
                     listen = [ "127.0.0.1:%d" ]
                     admin.listen = off
                     log.level = warn
                     dynamic-peers = [ { range = "%s", limit = 60000, as = %d } ]
                   }
                   """.formatted(AS, ROUTER_ID, CLUSTER_ID, setting.port(), SOURCE_RANGE, AS);
        }

        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return List.of("run", "--config", configuration.toString());
        }
    },

    /** BIRD 1.6, which calico-node's own is made of: it knows no ranges, so that every client is a protocol. */
    BIRD1("bird") {
        @Override
        String configuration(Setting setting) {
            String template = """
                              log stderr { warning, error, fatal, bug, auth };
                              router id %s;
                              listen bgp address 127.0.0.1 port %d;
                              protocol device { scan time 3600; }
                              table resolving;
                              protocol static { table resolving; route %s via "lo"; }
                              template bgp node {
                                local 127.0.0.1 as %d; multihop; passive; rr client; rr cluster id %s; hold time 90;
                                %s
                                igp table resolving; import all; export all;
                              }
                              """.formatted(ROUTER_ID, setting.port(), NEXT_HOP_RANGE, AS, CLUSTER_ID, BIRD_TIMERS);
            return template + IntStream.range(0, setting.clients())
                    .mapToObj(client -> "protocol bgp c%d from node { neighbor %s as %d; }%n".formatted(client,
                            Addresses.toString(Addresses.source(client)), AS))
                    .collect(Collectors.joining());
        }

        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return birdArguments(setting, configuration);
        }
    },

    BIRD2("bird") {
        @Override
        String configuration(Setting setting) {
            return """
                   log stderr { warning, error, fatal, bug, auth };
                   router id %s;
                   protocol device { scan time 3600; }
                   ipv4 table resolving;
                   protocol static { ipv4 { table resolving; }; route %s via "lo"; }
                   protocol bgp clients {
                     local 127.0.0.1 port %d as %d; neighbor range %s as %d; dynamic name "client";
                     multihop; passive; strict bind; rr client; rr cluster id %s; hold time 90;
                     %s
                     ipv4 { igp table resolving; import all; export all; };
                   }
                   """.formatted(ROUTER_ID, NEXT_HOP_RANGE, setting.port(), AS, SOURCE_RANGE, AS, CLUSTER_ID,
                    BIRD_TIMERS);
        }

        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return birdArguments(setting, configuration);
        }
    },

    FRR("bgpd") {
        @Override
        String configuration(Setting setting) {
            return """
                   router bgp %d
                    bgp router-id %s
                    bgp cluster-id %s
                    no bgp ebgp-requires-policy
                    neighbor clients peer-group
                    neighbor clients remote-as %d
                    neighbor clients passive
                    neighbor clients timers 30 90
                    bgp listen limit 5000
                    bgp listen range %s peer-group clients
                    address-family ipv4 unicast
                     neighbor clients activate
                     neighbor clients route-reflector-client
                    exit-address-family
                   """.formatted(AS, ROUTER_ID, CLUSTER_ID, AS, SOURCE_RANGE);
        }

        // There is a bgpd of OpenBGPD too, with a bgpctl beside it.
        @Override
        Optional<Path> find(Installation installation) {
            return super.find(installation).filter(command -> !Files.exists(command.resolveSibling("bgpctl")));
        }

        // Without zebra, without the kernel's routes, as the user who starts it, without telnet.
        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return List.of("-Z", "-n", "-S", "-P", "0", "-l", "127.0.0.1", "-p", Integer.toString(setting.port()), "-f",
                    configuration.toString(), "-i", setting.file("pid").toString(), "-z",
                    setting.file("zserv").toString(), "--vty_socket", setting.folder().toString(), "--log", "stdout",
                    "--log-level", "warnings");
        }
    },

    GOBGP("gobgpd") {
        @Override
        String configuration(Setting setting) {
            return """
                   [global.config]
                     as = %d
                     router-id = "%s"
                     port = %d
                     local-address-list = ["127.0.0.1"]
                   [[peer-groups]]
                     [peer-groups.config]
                       peer-group-name = "clients"
                       peer-as = %d
                     [peer-groups.transport.config]
                       passive-mode = true
                     [peer-groups.timers.config]
                       hold-time = 90
                     [peer-groups.route-reflector.config]
                       route-reflector-client = true
                       route-reflector-cluster-id = "%s"
                     [[peer-groups.afi-safis]]
                       [peer-groups.afi-safis.config]
                         afi-safi-name = "ipv4-unicast"
                   [[dynamic-neighbors]]
                     [dynamic-neighbors.config]
                       prefix = "%s"
                       peer-group = "clients"
                   """.formatted(AS, ROUTER_ID, setting.port(), AS, CLUSTER_ID, SOURCE_RANGE);
        }

        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return List.of("-f", configuration.toString(), "-l", "warn", "--pprof-disable", "--api-hosts",
                    "127.0.0.1:" + setting.controlPort());
        }
    },

    OPENBGPD("bgpd") {
        @Override
        String configuration(Setting setting) {
            return """
                   AS %d
                   router-id %s
                   listen on 127.0.0.1 port %d
                   socket "%s"
                   fib-update no
                   holdtime 90
                   group "clients" {
                     neighbor %s {
                       remote-as %d
                       passive
                       route-reflector %s
                     }
                   }
                   allow from any
                   allow to any
                   """.formatted(AS, ROUTER_ID, setting.port(), setting.file("control"), SOURCE_RANGE, AS, CLUSTER_ID);
        }

        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return List.of("-d", "-f", configuration.toString());
        }

        // There is a bgpd of FRR too, without a bgpctl beside it.
        @Override
        Optional<Path> find(Installation installation) {
            return super.find(installation).filter(command -> Files.isExecutable(command.resolveSibling("bgpctl")));
        }

        @Override
        List<String> versionArguments() {
            return List.of("-V");
        }
    },

    /** {@link Relay}, which is no reflector. */
    RELAY("java") {
        @Override
        Optional<Path> find(Installation installation) {
            return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
        }

        @Override
        String configuration(Setting setting) {
            return "";
        }

        @Override
        List<String> arguments(Setting setting, Path configuration) {
            return List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+UseCompactObjectHeaders", "-cp", System.getProperty("java.class.path"), Relay.class.getName(),
                    Integer.toString(setting.port()));
        }

        @Override
        public boolean remembers() {
            return false;
        }
    };

    private static final String ROUTER_ID = "10.255.255.1";
    private static final String CLUSTER_ID = Addresses.toString(Addresses.CLUSTER_ID);
    private static final String BIRD_TIMERS = "connect delay time 2; connect retry time 5; error wait time 5,30;";

    private final String command;

    Daemon(String command) {
        this.command = command;
    }

    /** How it is called on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The executable, if it is there. */
    Optional<Path> find(Installation installation) {
        return installation.find(id(), command);
    }

    /** Content of the configuration file. */
    abstract String configuration(Setting setting);

    /** What comes after the executable. */
    abstract List<String> arguments(Setting setting, Path configuration);

    /** What makes it say its version. */
    List<String> versionArguments() {
        return List.of("--version");
    }

    /** Whether it keeps routes and tells them to who comes later. */
    public boolean remembers() {
        return true;
    }

    /** Whether it is there to be started. */
    public boolean isFound(Installation installation) {
        return find(installation).isPresent();
    }

    /** What it says when it is asked for its version: the first line. */
    public String version(Installation installation) {
        return find(installation).map(executable -> {
            List<String> command = new ArrayList<>(List.of(executable.toString()));
            command.addAll(versionArguments());
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
                process.getOutputStream().close();
                try (BufferedReader said = process.inputReader()) {
                    return said.lines().filter(line -> !line.isBlank()).findFirst().orElse("unknown").strip();
                }
            } catch (IOException e) {
                return "unknown: " + e.getMessage();
            }
        }).orElse("not found");
    }

    private static List<String> birdArguments(Setting setting, Path configuration) {
        return List.of("-f", "-c", configuration.toString(), "-s", setting.file("control").toString(), "-P",
                setting.file("pid").toString());
    }
}
