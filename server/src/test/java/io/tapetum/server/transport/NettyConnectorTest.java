package io.tapetum.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.NoRouteToHostException;

import io.netty.channel.ConnectTimeoutException;
import org.junit.jupiter.api.Test;

/** What operators read of a connection that could not be opened. */
class NettyConnectorTest {

    @Test
    void the_kernels_words_are_kept_without_call_number_and_address() {
        assertThat(NettyConnector.reason(new ConnectException(
                "connect(..) failed with error(-111): Connection refused: /10.0.0.41:179")))
                .isEqualTo("Connection refused");
    }

    @Test
    void a_host_that_does_not_answer_on_its_link_is_named_though_the_cause_has_no_words() {
        NoRouteToHostException annotated = new NoRouteToHostException("null: /10.0.0.60:179");

        assertThat(NettyConnector.reason(annotated)).isEqualTo("No route to host");
        assertThat(NettyConnector.reason(new NoRouteToHostException())).isEqualTo("No route to host");
    }

    @Test
    void nobody_answered_in_time() {
        assertThat(NettyConnector
                .reason(new ConnectTimeoutException("connection timed out after 10000 ms: /10.0.0.1:179")))
                .isEqualTo("Connection timed out");
    }
}
