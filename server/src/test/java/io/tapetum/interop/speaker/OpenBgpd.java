package io.tapetum.interop.speaker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
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
import io.tapetum.interop.wire.Protection;

/** OpenBGPD, with a control socket of its own and without touching the kernel's routes. */
final class OpenBgpd extends Speaker {
    private @Nullable Daemon daemon;

    OpenBgpd(Host host, long as, List<Neighbour> neighbours) {
        super(host, as, neighbours);
    }

    @Override
    public void start() {
        daemon = host().start("bgpd", Toolbox.command("openbgpd", "bgpd"), "-d", "-v", "-f",
                host().write("bgpd.conf", configuration()).toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> attempt("show").status() == 0);
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
        reload();
    }

    @Override
    void applyWithdraw(String prefix) {
        reload();
    }

    /** A session that is not cleared goes on with the key that it began with. */
    @Override
    void applyKey(Neighbour neighbour) {
        reload();
        bgpctl("neighbor", neighbour.address(), "clear");
    }

    /** How many OPENs it has taken since its start: one for each session. */
    @Override
    public Optional<String> session(String neighbour) {
        return Json.parse(bgpctl("-j", "show", "neighbor", neighbour)).get("neighbors").elements()
                .filter(one -> one.get("state").text().equals(Optional.of("Established"))).findFirst()
                .flatMap(one -> one.get("stats").get("message").get("received").get("open").text());
    }

    @Override
    public List<SeenRoute> routes(String prefix) {
        return Json.parse(bgpctl("-j", "show", "rib", "detail", prefix)).get("rib").elements()
                .filter(path -> path.get("prefix").text().equals(Optional.of(prefix)))
                .filter(path -> path.get("neighbor").get("remote_addr").text().filter(this::isNeighbour).isPresent())
                .sorted(Comparator.comparing(path -> !path.get("best").isTrue())).map(OpenBgpd::seen).toList();
    }

    private static SeenRoute seen(Json path) {
        List<Json> others = path.get("attributes").elements().toList();
        return new SeenRoute(path.get("exit_nexthop").text().orElse(""),
                Stream.of(path.get("aspath").text().orElse("").split(" ")).filter(word -> !word.isEmpty())
                        .map(Long::valueOf).toList(),
                path.get("origin").text().orElse("").toLowerCase(Locale.ROOT), path.get("metric").number(),
                path.get("localpref").number(),
                others.stream().flatMap(one -> one.get("originator").text().stream()).findFirst(),
                others.stream().flatMap(one -> one.get("cluster_list").texts().stream()).toList(),
                new HashSet<>(path.get("communities").texts()),
                routeTargets(path.get("extended_communities").texts()),
                new HashSet<>(path.get("large_communities").texts()));
    }

    private static Set<String> routeTargets(List<String> communities) {
        return communities.stream().filter(one -> one.startsWith("rt ")).map(one -> one.substring("rt ".length()))
                .collect(Collectors.toSet());
    }

    private void reload() {
        host().write("bgpd.conf", configuration());
        bgpctl("reload");
    }

    private String configuration() {
        StringBuilder text = new StringBuilder("""
                                               AS %d
                                               router-id %s
                                               socket "%s"
                                               fib-update no
                                               connect-retry 2
                                               """.formatted(as(), host().ipv4(), socket()));
        announcements()
                .forEach(one -> text.append("network ").append(one.prefix()).append(attributes(one)).append('\n'));
        for (Neighbour neighbour : neighbours()) {
            text.append("""
                        neighbor %s {
                          remote-as %d
                          local-address %s
                          holdtime %d
                          announce %s unicast
                          %s
                        }
                        """.formatted(neighbour.address(), neighbour.as(),
                    neighbour.isIpv6() ? host().ipv6() : host().ipv4(), neighbour.holdTimeSeconds(),
                    neighbour.isIpv6() ? "IPv6" : "IPv4", protection(neighbour.protection())));
        }
        return text.append("allow from any\nallow to any\n").toString();
    }

    private static String protection(Protection protection) {
        if (protection.limitsDistance()) {
            throw new IllegalArgumentException("openbgpd has TTL security with other ASes only");
        }
        return protection.signs() ? "tcp md5sig password \"" + protection.key() + "\"" : "";
    }

    private static String attributes(Announcement one) {
        if (!one.asPath().isEmpty()) {
            throw new IllegalArgumentException("openbgpd originates no route with the AS_PATH " + one.asPath());
        }
        List<String> words = new ArrayList<>();
        one.med().ifPresent(med -> words.add("med " + med));
        one.localPref().ifPresent(pref -> words.add("localpref " + pref));
        one.communities().forEach(value -> words.add("community " + value));
        one.routeTargets().forEach(value -> words.add("ext-community rt " + value));
        one.largeCommunities().forEach(value -> words.add("large-community " + value));
        return words.isEmpty() ? "" : " set { " + String.join(" ", words) + " }";
    }

    private String bgpctl(String... words) {
        return host().run(command(words));
    }

    private Commands.Result attempt(String... words) {
        return host().attempt(command(words));
    }

    private String[] command(String... words) {
        return Stream.concat(Stream.of(Toolbox.command("openbgpd", "bgpctl"), "-s", socket()), Stream.of(words))
                .toArray(String[]::new);
    }

    private String socket() {
        return host().sockets().resolve("bgpd.sock").toString();
    }
}
