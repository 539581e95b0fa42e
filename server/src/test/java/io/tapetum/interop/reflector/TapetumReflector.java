package io.tapetum.interop.reflector;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;

/** The product, started by its launcher as an operator would. */
final class TapetumReflector implements Reflector {
    private final Plan plan;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable Daemon daemon;

    TapetumReflector(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Host host() {
        return plan.host();
    }

    @Override
    public void start() {
        Host host = plan.host();
        // In a restart they are there already, and may be others than in the beginning.
        plan.members().stream().filter(member -> member.protection().signs())
                .filter(member -> !Files.exists(keyFile(member.address())))
                .forEach(member -> rekey(member.address(), member.protection().key()));
        daemon = host.start("reflector", Installation.launcher(), "run", "--config",
                host.write("tapetum.conf", configuration()).toString());
        Listening.await179(host, daemon);
    }

    @Override
    public void terminate() {
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
    public void freeze() {
        if (daemon != null) {
            daemon.freeze();
        }
    }

    @Override
    public void thaw() {
        if (daemon != null) {
            daemon.thaw();
        }
    }

    @Override
    public void rekey(String member, String key) {
        plan.host().write(keyFileName(member), key + "\n");
    }

    @Override
    public String report() {
        return plan.host().run(Installation.launcher(), "status", "--wide") + (daemon == null ? "" : daemon.printed());
    }

    @Override
    public void drain() {
        plan.host().run(Installation.launcher(), "drain");
        Daemon drained = daemon;
        if (drained != null) {
            await().atMost(PATIENCE).until(() -> !drained.alive());
        }
    }

    private String configuration() {
        return """
               tapetum {
                 as = %d
                 router-id = "%s"
                 cluster-id = "%s"
                 restart-deferral = %s
                 %s
                 peers = [
               %s  ]
                 dynamic-peers = [
               %s  ]
               }
               """.formatted(plan.as(), plan.host().ipv4(), plan.clusterId(), restartDeferral(),
                keyOverlap(),
                plan.members().stream().filter(member -> !member.isRange()).map(this::block)
                        .collect(Collectors.joining()),
                plan.members().stream().filter(Membership::isRange).map(this::block).collect(Collectors.joining()));
    }

    /**
     * Where peers come from ranges, the reflector would say for the whole time that it restarts; and FRR 8.4 does not
     * notice the silence of a peer that has said so.
     */
    private String restartDeferral() {
        return plan.members().stream().anyMatch(Membership::isRange) ? "0 s" : "30 s";
    }

    /**
     * A peer or a range. Who is not to be connected to at once is left to the default, which is to wait and then to connect:
     * FRR may take two minutes to try again.
     */
    private String block(Membership member) {
        return "    { %s = \"%s\", as = %d, role = %s, hold-time = %d s%s%s, next-hop = keep }\n".formatted(
                member.isRange() ? "range" : "address", member.address(), member.as(),
                member.role().name().toLowerCase(Locale.ROOT).replace('_', '-'), plan.holdTimeSeconds(),
                retention() + (member.allPaths() ? ", add-path-send = all" : ""),
                (member.connects() ? ", connect = active" : "") + protection(member));
    }

    private String protection(Membership member) {
        return (member.protection().signs() ? ", tcp-md5-key = \"file:" + keyFile(member.address()) + "\"" : "")
                + (member.protection().limitsDistance() ? ", ttl-security = " + member.protection().hops() : "");
    }

    private String keyOverlap() {
        return plan.members().stream().anyMatch(member -> member.protection().signs())
                ? "keys.overlap = " + plan.keyOverlapSeconds() + " s"
                : "";
    }

    private Path keyFile(String member) {
        return plan.host().folder().resolve(keyFileName(member));
    }

    private static String keyFileName(String member) {
        return "key-" + member.replace('/', '-');
    }

    private String retention() {
        Plan.Retention retention = plan.retention();
        return retention == null
                ? ""
                : ", graceful-restart-time = %d s, long-lived-stale-time = %d s".formatted(retention.restartSeconds(),
                        retention.longLivedStaleSeconds());
    }
}
