package io.tapetum.server.calico.peering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.10, 10.0.0.10", "fe0a:0:0:0:0:0:0:2, fe0a::2", "0:0:0:0:0:0:0:1, ::1", "1:0:0:0:0:0:0:0, 1::",
            "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
            "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::", "0:2:3:4:5:6:7:0, 0:2:3:4:5:6:7:0"})
    void is_the_canonical_one(String address, String expected) {
        assertThat(AddressText.of(InetAddress.ofLiteral(address))).isEqualTo(expected);
    }
}
