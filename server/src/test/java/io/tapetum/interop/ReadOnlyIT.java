package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Installation;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;

/**
 * The reflector as a careful operator runs it: by a user who may do nothing but listen on a low port, and with nothing
 * that can be written but an empty /tmp.
 */
final class ReadOnlyIT extends PeerSuite {

    /** Every file system but those of the kernel becomes read-only, if only for what is started from here. */
    private static final String READ_ONLY = """
                                            set -eu
                                            mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /tmp
                                            while read -r _ _ _ _ point _; do
                                                case $point in
                                                    /tmp | /proc | /proc/* | /sys | /sys/* | /dev | /dev/*) ;;
                                                    *) mount -o remount,bind,ro "$point" ;;
                                                esac
                                            done < /proc/self/mountinfo
                                            if touch "$PWD/written" 2> /dev/null; then
                                                echo "this file system can still be written" >&2
                                                exit 1
                                            fi
                                            exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \\
                                                --bounding-set=-all,+net_bind_service --inh-caps=-all,+net_bind_service \\
                                                --ambient-caps=-all,+net_bind_service -- env HOME=/nonexistent "$@"
                                            """;

    private final Host careful = host("careful", 1);
    private final BgpPeer client = peer("client", 2, AS, careful);
    private @Nullable Daemon reflector;

    ReadOnlyIT() {
        super(PeerKind.BIRD_2);
    }

    @BeforeAll
    void start() throws IOException {
        Path configuration = careful.write("tapetum.conf",
                """
                tapetum {
                  as = %d
                  router-id = "%s"
                  restart-deferral = 0 s
                  dynamic-peers = [ { range = 10.77.0.0/24 }, { range = "fd77::/64" } ]
                }
                """.formatted(AS, careful.ipv4()));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        reflector = careful.start("reflector", carefully(Installation.launcher(), "run", "--config",
                configuration.toString()));
        client.start();
        awaitSessions(client, careful);
    }

    private static String[] carefully(String... command) {
        List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "/bin/sh", "-c",
                READ_ONLY, "sh"));
        whole.addAll(Arrays.asList(command));
        return whole.toArray(String[]::new);
    }

    @Test
    void it_serves_peers_and_operators_until_it_is_drained_and_misses_nothing() {
        assertThat(careful.run(carefully(Installation.launcher(), "status"))).startsWith("Tapetum is running.")
                .contains("| " + client.host().ipv4() + " ", "| " + client.host().ipv6() + " ", "Established");

        assertThat(printed()).contains(" is running: ").doesNotContain("WARN", "ERROR", "Exception", "Read-only");

        careful.run(carefully(Installation.launcher(), "drain"));

        eventually(() -> assertThat(printed()).contains("stopped after a drain"));
        assertThat(client.sessionUp(careful.ipv4())).isFalse();
    }

    private String printed() {
        return reflector == null ? "" : reflector.printed();
    }
}
