package io.tapetum.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** How far the SYN of a connection has come. */
class SavedSynTest {

    private static ByteBuffer headers(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @Test
    void the_time_to_live_of_an_ipv4_header_is_its_ninth_octet() {
        assertThat(SavedSyn.timeToLive(headers("4500003c1c4640" + "00" + "fe" + "06b1e6c0a80068c0a80001")))
                .hasValue(254);
    }

    @Test
    void the_hop_limit_of_an_ipv6_header_is_its_eighth_octet() {
        assertThat(SavedSyn.timeToLive(headers("60000000002806" + "ff" + "fd770000000000000000000000000002")))
                .hasValue(255);
    }

    @Test
    void nothing_is_known_where_the_kernel_kept_nothing() {
        assertThat(SavedSyn.timeToLive(ByteBuffer.allocate(120))).isEmpty();
        assertThat(SavedSyn.timeToLive(ByteBuffer.allocate(3))).isEmpty();
    }
}
