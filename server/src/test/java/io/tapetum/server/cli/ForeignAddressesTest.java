package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;

import org.junit.jupiter.api.Test;

import io.tapetum.server.config.OwnAddresses;

/** What operators hear of an IP that is not this host's. */
class ForeignAddressesTest {

    private static final Inet4Address OF_THIS_HOST = Inet4Address.ofLiteral("127.0.0.1");

    @Test
    void an_address_that_no_interface_has_is_named() {
        // 192.0.2.0/24 and 2001:db8::/32 are for documentation (RFC 5737, RFC 3849): no host has them.
        OwnAddresses both = new OwnAddresses(Inet4Address.ofLiteral("192.0.2.77"),
                (Inet6Address) Inet6Address.ofLiteral("2001:db8::77"));

        assertThat(ForeignAddresses.of(both)).hasSize(2).first().asString()
                .startsWith("no interface of this host has 192.0.2.77,").contains("IP and IP6");
    }

    @Test
    void an_address_of_this_host_and_one_that_is_not_given_are_no_reason_for_a_word() {
        assertThat(ForeignAddresses.of(new OwnAddresses(OF_THIS_HOST, null))).isEmpty();
        assertThat(ForeignAddresses.of(new OwnAddresses(null, null))).isEmpty();
    }
}
