package io.tapetum.interop.speaker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Json;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.wire.Prefixes;

/**
 * FRR's bgpd, without zebra and without touching the kernel's routes, asked through vtysh.
 *
 * <p>In graceful restart it is a helper only, which is its default: told to be more, it claims for minutes after any start
 * to be restarting, and by RFC 4724 §4.1 nobody waits for such a peer.
 */
final class Frr extends Speaker {
    private @Nullable Daemon daemon;

    Frr(Host host, long as, List<Neighbour> neighbours) {
        super(host, as, neighbours);
    }

    @Override
    public void start() {
        // -Z: no zebra; -n: no kernel routes; -S: stay the user that started it; -P 0: no telnet.
        String sockets = host().sockets().toString();
        daemon = host().start("bgpd", Toolbox.command("frr", "bgpd"), "-Z", "-n", "-S", "-P", "0", "-f",
                host().write("bgpd.conf", configuration()).toString(), "-i", sockets + "/bgpd.pid", "-z",
                sockets + "/zserv", "--vty_socket", sockets, "--log", "stdout", "--log-level", "informational");
        // Without it vtysh asks PAM who we are, and PAM knows no service of that name here.
        host().write("vtysh.conf", "username root nopassword\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> attempt("show version").status() == 0);
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
    void applyAnnounce(Announcement announcement, boolean changed) {
        if (changed) {
            applyWithdraw(announcement.prefix());
        }
        vtysh(Stream.of(Stream.of("configure terminal"), routeMap(announcement).lines(),
                Stream.of("router bgp " + as(), family(Prefixes.isIpv6(announcement.prefix())),
                        network(announcement)))
                .flatMap(lines -> lines).toArray(String[]::new));
    }

    @Override
    void applyWithdraw(String prefix) {
        vtysh("configure terminal", "router bgp " + as(), family(Prefixes.isIpv6(prefix)), "no network " + prefix,
                "exit", "exit", "no route-map " + mapName(prefix));
    }

    @Override
    void applyKey(Neighbour neighbour) {
        vtysh("configure terminal", "router bgp " + as(), (neighbour.protection().signs() ? "" : "no ") + "neighbor "
                + neighbour.address() + " password " + neighbour.protection().key());
    }

    /** Which one it is since the daemon's start. */
    @Override
    public Optional<String> session(String neighbour) {
        Json state = Json.parse(vtysh("show bgp neighbors " + neighbour + " json")).get(neighbour);
        return state.get("bgpState").text().filter("Established"::equals)
                .flatMap(up -> state.get("connectionsEstablished").text());
    }

    @Override
    public List<SeenRoute> routes(String prefix) {
        String family = Prefixes.isIpv6(prefix) ? "ipv6" : "ipv4";
        Commands.Result answer = attempt("show bgp " + family + " unicast " + prefix + " json");
        // For a prefix that is not there it says nothing, or a line that is no JSON.
        if (!answer.output().strip().startsWith("{")) {
            return List.of();
        }
        return Json.parse(answer.output()).get("paths").elements()
                .filter(path -> path.get("peer").get("peerId").text().filter(this::isNeighbour).isPresent())
                .sorted(Comparator.comparing(path -> !path.get("bestpath").get("overall").isTrue())).map(Frr::seen)
                .toList();
    }

    private static SeenRoute seen(Json path) {
        String nextHop = path.get("nexthops").elements()
                .filter(hop -> !hop.get("scope").text().equals(Optional.of("link-local"))).findFirst()
                .flatMap(hop -> hop.get("ip").text()).orElse("");
        return new SeenRoute(nextHop,
                path.get("aspath").get("segments").elements().flatMap(segment -> segment.get("list").elements())
                        .map(as -> as.number().orElseThrow()).toList(),
                path.get("origin").text().orElse("").toLowerCase(Locale.ROOT), path.get("metric").number(),
                path.get("locPrf").number(), path.get("originatorId").text(),
                path.get("clusterList").get("list").texts(), new HashSet<>(path.get("community").get("list").texts()),
                routeTargets(path.get("extendedCommunity").get("string").text().orElse("")),
                new HashSet<>(path.get("largeCommunity").get("list").texts()));
    }

    /** {@code RT:1:2 RT:3:4} as {@code 1:2} and {@code 3:4}. */
    private static Set<String> routeTargets(String text) {
        return Stream.of(text.split(" ")).filter(word -> word.startsWith("RT:"))
                .map(word -> word.substring("RT:".length())).collect(Collectors.toSet());
    }

    private String configuration() {
        StringBuilder text = new StringBuilder();
        announcements().forEach(one -> text.append(routeMap(one)));
        text.append("""
                    router bgp %d
                     bgp router-id %s
                     no bgp default ipv4-unicast
                     no bgp ebgp-requires-policy
                     no bgp network import-check
                    """.formatted(as(), host().ipv4()));
        for (Neighbour neighbour : neighbours()) {
            text.append("""
                         neighbor %1$s remote-as %2$d
                         neighbor %1$s timers %3$d %4$d
                         neighbor %1$s timers connect 2
                        """.formatted(neighbour.address(), neighbour.as(), neighbour.holdTimeSeconds() / 3,
                    neighbour.holdTimeSeconds()));
            if (neighbour.protection().signs()) {
                text.append(" neighbor %s password %s\n".formatted(neighbour.address(), neighbour.protection().key()));
            }
            if (neighbour.protection().limitsDistance()) {
                text.append(" neighbor %s ttl-security hops %d\n".formatted(neighbour.address(),
                        neighbour.protection().hops()));
            }
        }
        for (boolean six : new boolean[]{false, true}) {
            text.append(" ").append(family(six)).append('\n');
            neighbours().stream().filter(neighbour -> neighbour.isIpv6() == six)
                    .forEach(one -> text.append("  neighbor ").append(one.address()).append(" activate\n"));
            announcements().stream().filter(one -> Prefixes.isIpv6(one.prefix()) == six)
                    .forEach(one -> text.append("  ").append(network(one)).append('\n'));
            text.append(" exit-address-family\n");
        }
        return text.toString();
    }

    private static String family(boolean six) {
        return "address-family " + (six ? "ipv6" : "ipv4") + " unicast";
    }

    private static String network(Announcement one) {
        return "network " + one.prefix() + " route-map " + mapName(one.prefix());
    }

    private static String mapName(String prefix) {
        return "to-" + prefix.replace('/', '-');
    }

    private static String routeMap(Announcement one) {
        StringBuilder text = new StringBuilder("route-map " + mapName(one.prefix()) + " permit 10\n");
        one.med().ifPresent(med -> text.append(" set metric ").append(med).append('\n'));
        one.localPref().ifPresent(pref -> text.append(" set local-preference ").append(pref).append('\n'));
        set(text, "community", one.communities());
        set(text, "extcommunity rt", one.routeTargets());
        set(text, "large-community", one.largeCommunities());
        set(text, "as-path prepend", one.asPath().stream().map(Object::toString).toList());
        return text.append("exit\n").toString();
    }

    private static void set(StringBuilder text, String what, List<String> values) {
        if (!values.isEmpty()) {
            text.append(" set ").append(what).append(' ').append(String.join(" ", values)).append('\n');
        }
    }

    private String vtysh(String... commands) {
        return host().run(vtyshCommand(commands));
    }

    private Commands.Result attempt(String... commands) {
        return host().attempt(vtyshCommand(commands));
    }

    private String[] vtyshCommand(String... commands) {
        return Stream.concat(
                Stream.of(Toolbox.command("frr", "vtysh"), "--config_dir", host().folder().toString(), "--vty_socket",
                        host().sockets().toString(), "-d", "bgpd"),
                Stream.of(commands).flatMap(command -> Stream.of("-c", command))).toArray(String[]::new);
    }
}
