package io.tapetum.server.reflector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tapetum.core.session.LastError;
import io.tapetum.wire.capability.Capability;

class BirdWordsTest {

    /** In the order of calico-node's OPEN, which is not that of BIRD's output. */
    @Test
    void the_capabilities_of_a_calico_node_are_called_as_bird_calls_them() {
        List<Capability> calico = List.of(new Capability.Multiprotocol(1, 1), new Capability.RouteRefreshCapability(),
                new Capability.GracefulRestart(false, false, 120,
                        List.of(new Capability.GracefulRestart.RestartTuple(1, 1, false))),
                new Capability.FourOctetAs(64512),
                new Capability.AddPath(List.of(new Capability.AddPath.PathTuple(1, 1, true, true))),
                new Capability.EnhancedRouteRefresh(), new Capability.LongLivedGracefulRestart(List.of()));

        assertThat(String.join(" ", BirdWords.peerCapabilities(calico))).isEqualTo(
                "refresh enhanced-refresh restart-able llgr-aware AS4 add-path-rx add-path-tx");
    }

    @Test
    void a_peer_that_can_do_less_has_fewer_words() {
        assertThat(BirdWords.peerCapabilities(List.of(new Capability.GracefulRestart(false, false, 0, List.of()),
                new Capability.AddPath(List.of(new Capability.AddPath.PathTuple(1, 1, false, true))),
                new Capability.ExtendedMessage(), new Capability.Unknown(99, new byte[0]))))
                .containsExactly("restart-aware", "add-path-tx", "ext-messages");
        assertThat(BirdWords.peerCapabilities(List.of())).isEmpty();
    }

    @Test
    void errors_begin_with_who_found_fault() {
        assertThat(BirdWords.lastError(new LastError(LastError.Kind.SOCKET, "Connection refused")))
                .isEqualTo("Socket: Connection refused");
        assertThat(BirdWords.lastError(new LastError(LastError.Kind.RECEIVED, "6/5 Cease/Connection Rejected")))
                .isEqualTo("Received: 6/5 Cease/Connection Rejected");
        assertThat(BirdWords.lastError(new LastError(LastError.Kind.SENT, "2/2 Bad Peer AS")))
                .isEqualTo("BGP Error: 2/2 Bad Peer AS");
        assertThat(BirdWords.lastError(new LastError(LastError.Kind.LOCAL, "hold timer expired")))
                .isEqualTo("Error: hold timer expired");
    }
}
