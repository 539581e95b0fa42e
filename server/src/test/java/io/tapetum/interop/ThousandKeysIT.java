package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.Protection;
import io.tapetum.interop.wire.SignedClients;

/** A thousand peers with a key each on one listener, for which the kernel's default has no room. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ThousandKeysIT extends PeerSuite {
    private static final int KEYS = 1000;
    private static final String LIMIT = "net/core/optmem_max";
    private static final int DEFAULT_LIMIT = 131_072;
    private static final int RAISED_LIMIT = 1 << 22;
    private static final Pattern ROOM = Pattern
            .compile("the kernel has room for (\\d+) TCP-MD5 keys on one listener, but " + KEYS + " are needed");

    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Host rr = host("rr", 1);
    private final Host nodes = host("nodes", 2);
    private final Reflector reflector;
    private @Nullable SignedClients clients;

    ThousandKeysIT() {
        super(PeerKind.BIRD_1);
        for (int i = 0; i < KEYS; i++) {
            keys.put("10.78." + i / 200 + "." + (i % 200 + 1), "key-of-number-" + i);
        }
        List<Membership> members = keys.entrySet().stream()
                .map(one -> Membership.client(one.getKey(), AS).with(Protection.key(one.getValue()))).toList();
        reflector = Reflector.of(new Plan(rr, AS, rr.ipv4(), 90, members));
    }

    @BeforeAll
    void start() {
        nodes.run("ip", "route", "add", "local", "10.78.0.0/16", "dev", "lo");
        rr.run("ip", "route", "add", "10.78.0.0/16", "via", nodes.ipv4());
        rr.kernel(LIMIT, DEFAULT_LIMIT);
        reflector.start();
        clients = SignedClients.connect(nodes, keys, rr, AS);
    }

    @AfterAll
    void stop() {
        if (clients != null) {
            clients.close();
        }
    }

    @Test
    @Order(1)
    void those_that_fit_are_up_and_the_operator_is_told_how_many_do_and_what_to_raise() {
        Matcher told = ROOM.matcher(reflector.report());
        assertThat(told.find()).isTrue();
        int room = Integer.parseInt(told.group(1));

        eventually(() -> assertThat(established()).hasSize(room));
        assertThat(room).isBetween(KEYS / 2, KEYS - 1);
        assertThat(reflector.report()).contains("Raise net.core.optmem_max (now " + DEFAULT_LIMIT + "): sysctl -w");
    }

    @Test
    @Order(2)
    void whose_key_does_not_fit_cannot_come_without_one() {
        Set<String> refused = new TreeSet<>(keys.keySet());
        refused.removeAll(established());

        assertThat(refused).isNotEmpty().allSatisfy(address -> assertThat(isTurnedAway(address)).isTrue());
    }

    @Test
    @Order(3)
    void with_more_room_all_come_up_without_a_restart_and_nobody_goes_down() {
        Set<String> before = established();

        rr.kernel(LIMIT, RAISED_LIMIT);

        eventually(() -> {
            assertThat(established()).containsAll(before);
            assertThat(established()).hasSize(KEYS);
        });
    }

    private Set<String> established() {
        return clients == null ? Set.of() : clients.established();
    }

    /** Whether an unsigned connection ends before anything is said. */
    private boolean isTurnedAway(String address) {
        return nodes.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral(rr.ipv4()), 179), 15_000);
                socket.setSoTimeout(15_000);
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException _) {
                return false; // Somebody listens to it.
            } catch (IOException _) {
                return true; // Reset.
            }
        });
    }
}
