package io.tapetum.interop.speaker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Json;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.wire.Prefixes;
import io.tapetum.interop.wire.Protection;

/** GoBGP. It originates what its command line tells it to, and forgets it at its end. */
final class GoBgp extends Speaker {
    private static final String API = "127.0.0.1:50051";
    private static final int MAX_TTL = 255;
    private static final List<String> ORIGINS = List.of("igp", "egp", "incomplete");

    private @Nullable Daemon daemon;
    private boolean startedBefore;

    GoBgp(Host host, long as, List<Neighbour> neighbours) {
        super(host, as, neighbours);
    }

    @Override
    public void start() {
        List<String> command = new ArrayList<>(List.of(Toolbox.command("gobgp", "gobgpd"), "-f",
                host().write("gobgpd.conf", configuration()).toString(), "-l", "info", "--pprof-disable",
                "--api-hosts", API));
        if (startedBefore) {
            command.add("-r"); // Say in OPEN that this is a restart (RFC 4724 §3).
        }
        startedBefore = true;
        daemon = host().start("gobgpd", command.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(20)).until(() -> attempt("neighbor").status() == 0);
        announcements().forEach(one -> applyAnnounce(one, false));
    }

    @Override
    public void stop() {
        if (daemon != null) {
            daemon.terminate();
        }
    }

    @Override
    public void kill() {
        if (daemon != null) {
            daemon.kill();
        }
    }

    @Override
    boolean running() {
        return daemon != null && daemon.alive();
    }

    @Override
    void applyAnnounce(Announcement one, boolean changed) {
        boolean six = Prefixes.isIpv6(one.prefix());
        List<String> words = new ArrayList<>(List.of("global", "rib", "add", "-a", six ? "ipv6" : "ipv4", one.prefix(),
                "origin", "igp", "nexthop", six ? host().ipv6() : host().ipv4()));
        one.med().ifPresent(med -> words.addAll(List.of("med", Long.toString(med))));
        one.localPref().ifPresent(pref -> words.addAll(List.of("local-pref", Long.toString(pref))));
        add(words, "community", one.communities());
        add(words, "large-community", one.largeCommunities());
        add(words, "aspath", one.asPath().stream().map(as -> Long.toString(as)).toList());
        one.routeTargets().forEach(target -> words.addAll(List.of("rt", target)));
        gobgp(words);
    }

    @Override
    void applyWithdraw(String prefix) {
        gobgp(List.of("global", "rib", "del", "-a", Prefixes.isIpv6(prefix) ? "ipv6" : "ipv4", prefix));
    }

    @Override
    void applyKey(Neighbour neighbour) {
        if (daemon != null) {
            host().write("gobgpd.conf", configuration());
            daemon.hangUp();
        }
    }

    /** Since when, in seconds since 1970. */
    @Override
    public Optional<String> session(String neighbour) {
        Json state = Json.parse(gobgp(List.of("-j", "neighbor", neighbour)));
        // 6 is Established in its API.
        return state.get("state").get("session_state").number().equals(OptionalLong.of(6))
                ? state.get("timers").get("state").get("uptime").get("seconds").text()
                : Optional.empty();
    }

    @Override
    public List<SeenRoute> routes(String prefix) {
        Commands.Result answer = attempt("-j", "global", "rib", "-a", Prefixes.isIpv6(prefix) ? "ipv6" : "ipv4",
                prefix);
        if (answer.status() != 0 || !answer.output().strip().startsWith("{")) {
            return List.of(); // "Network not in table"
        }
        return Json.parse(answer.output()).get(prefix).elements()
                .filter(path -> path.get("neighbor-ip").text().filter(this::isNeighbour).isPresent())
                .sorted(Comparator.comparing(path -> !path.get("best").isTrue())).map(GoBgp::seen).toList();
    }

    private static SeenRoute seen(Json path) {
        Json nextHop = attribute(path, 3).get("nexthop");
        return new SeenRoute(nextHop.text().or(() -> attribute(path, 14).get("nexthop").text()).orElse(""),
                attribute(path, 2).get("as_paths").elements().flatMap(segment -> segment.get("asns").elements())
                        .map(as -> as.number().orElseThrow()).toList(),
                ORIGINS.get((int) attribute(path, 1).get("value").number().orElseThrow()),
                attribute(path, 4).get("metric").number(), attribute(path, 5).get("value").number(),
                attribute(path, 9).get("value").text(), attribute(path, 10).get("value").texts(),
                attribute(path, 8).get("communities").elements().map(one -> one.number().orElseThrow())
                        .map(number -> (number >> 16) + ":" + (number & 0xFFFF)).collect(Collectors.toSet()),
                attribute(path, 16).get("value").elements()
                        .filter(one -> one.get("subtype").number().equals(OptionalLong.of(2)))
                        .flatMap(one -> one.get("value").text().stream())
                        .collect(Collectors.toCollection(HashSet::new)),
                attribute(path, 32).get("value").elements()
                        .map(one -> one.get("ASN").text().orElse("") + ":" + one.get("LocalData1").text().orElse("")
                                + ":" + one.get("LocalData2").text().orElse(""))
                        .collect(Collectors.toSet()));
    }

    private static Json attribute(Json path, int type) {
        return path.get("attrs").elements().filter(one -> one.get("type").number().equals(OptionalLong.of(type)))
                .findFirst().orElse(new Json(null));
    }

    private String configuration() {
        StringBuilder text = new StringBuilder("""
                                               [global.config]
                                                 as = %d
                                                 router-id = "%s"
                                               """.formatted(as(), host().ipv4()));
        for (Neighbour neighbour : neighbours()) {
            text.append("""
                        [[neighbors]]
                          [neighbors.config]
                            neighbor-address = "%s"
                            peer-as = %d
                            auth-password = "%s"
                            %s
                          [neighbors.timers.config]
                            connect-retry = 2
                            hold-time = %d
                            keepalive-interval = %d
                            idle-hold-time-after-reset = 2
                          [neighbors.graceful-restart.config]
                            enabled = true
                            restart-time = 120
                          [[neighbors.afi-safis]]
                            [neighbors.afi-safis.config]
                              afi-safi-name = "%s"
                            [neighbors.afi-safis.mp-graceful-restart.config]
                              enabled = true
                            [neighbors.afi-safis.add-paths.config]
                              receive = true
                        """.formatted(neighbour.address(), neighbour.as(), neighbour.protection().key(),
                    ttlSecurity(neighbour.protection()),
                    neighbour.holdTimeSeconds(), neighbour.holdTimeSeconds() / 3,
                    neighbour.isIpv6() ? "ipv6-unicast" : "ipv4-unicast"));
        }
        return text.toString();
    }

    private static String ttlSecurity(Protection protection) {
        return protection.limitsDistance()
                ? "[neighbors.ttl-security.config]\nenabled = true\nttl-min = " + (MAX_TTL + 1 - protection.hops())
                : "";
    }

    private static void add(List<String> words, String what, List<String> values) {
        if (!values.isEmpty()) {
            words.addAll(List.of(what, String.join(",", values)));
        }
    }

    private String gobgp(List<String> words) {
        return host().run(command(words));
    }

    private Commands.Result attempt(String... words) {
        return host().attempt(command(List.of(words)));
    }

    private static String[] command(List<String> words) {
        List<String> command = new ArrayList<>(List.of(Toolbox.command("gobgp", "gobgp")));
        command.addAll(words);
        return command.toArray(String[]::new);
    }
}
