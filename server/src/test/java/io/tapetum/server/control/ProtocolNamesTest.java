package io.tapetum.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.server.source.PeerOrigin;

/** Names that BIRD would take, and that calicoctl takes apart. */
class ProtocolNamesTest {

    @ParameterizedTest
    @CsvSource({"GLOBAL, 10.0.0.3, 179, Global_10_0_0_3", "NODE_SPECIFIC, 10.0.0.3, 179, Node_10_0_0_3",
            "MESH, fd80:24e2:f998:72d7::2, 179, Mesh_fd80_24e2_f998_72d7__2",
            "GLOBAL, 10.0.0.1, 1179, Global_10_0_0_1_port_1179", "RANGE, 10.0.0.3, 179, Dynamic_10_0_0_3",
            "CONFIGURED, 10.0.0.3, 179, node_1_example_net"})
    void the_origin_and_the_address_are_the_name(PeerOrigin origin, String address, int port, String name) {
        assertThat(ProtocolNames.of(List.of(SampleSession.of("node-1.example.net", origin, address, port))))
                .containsOnlyKeys(name);
    }

    @Test
    void a_configured_peer_without_a_name_is_named_by_its_address() {
        assertThat(ProtocolNames.of(List.of(SampleSession.of("10.0.0.3", PeerOrigin.CONFIGURED, "10.0.0.3", 179))))
                .containsOnlyKeys("Peer_10_0_0_3");
    }

    @Test
    void names_never_begin_with_a_digit_and_are_never_the_same() {
        assertThat(ProtocolNames.of(List.of(SampleSession.of("4-a", PeerOrigin.CONFIGURED, "10.0.0.10", 179),
                SampleSession.of("4.a", PeerOrigin.CONFIGURED, "10.0.0.9", 179))).entrySet())
                .extracting(named -> named.getKey() + " " + named.getValue().name())
                .containsExactly("_4_a 4.a", "_4_a_2 4-a");
    }
}
