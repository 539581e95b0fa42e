package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "64512, 64512", "4294967295, 4294967295", "0.1, 1", "1.0, 65536", "1.10, 65546",
            "65535.65535, 4294967295"})
    void an_as_number_is_plain_or_has_a_dot(String text, long expected) {
        assertThat(Kinds.AS_NUMBER.parse().apply(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0.0", "-1", "4294967296", "65536.0", "0.65536", "1.2.3", "23456", "0.23456",
            "AS64512", "99999999999999999999"})
    void what_is_no_as_number_is_refused(String text) {
        assertThat(Kinds.AS_NUMBER.parse().apply(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"15, 15000", "15 s, 15000", "15s, 15000", "1.5 s, 1500", "500 ms, 500", "4 min, 240000",
            "4m, 240000", "1 hour, 3600000"})
    void a_bare_number_means_seconds(String text, long millis) {
        assertThat(Kinds.duration(Duration.ZERO, Duration.ofHours(1)).parse().apply(text))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "fd00::1", "::ffff:10.0.0.1"})
    void an_address_is_written_in_full(String text) {
        assertThat(Kinds.address(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10.1", "10.0.0", "10.0.0.256", "10.0.0.1.", "10.0.0.01", "localhost", ":",
            "10.0.0.1/32", "fd00::g"})
    void names_and_abbreviations_are_no_addresses(String text) {
        assertThat(Kinds.address(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1:179, 10.0.0.1:179", "*:1790, *:1790", "0.0.0.0:1, 0.0.0.0:1",
            "[fd00::1]:179, [fd00:0:0:0:0:0:0:1]:179", "fd00::1, [fd00:0:0:0:0:0:0:1]:99", "10.0.0.1, 10.0.0.1:99",
            "[::1], [0:0:0:0:0:0:0:1]:99"})
    void a_listen_address_may_leave_out_the_port(String text, String expected) {
        assertThat(ListenReader.parse(text, 99)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":179", "10.0.0.1:", "10.0.0.1:x", "[10.0.0.1]:179", "[fd00::1:179", "fd00::1]:179",
            "10.0.0.1:179:1", "host:179"})
    void what_is_no_listen_address_is_refused(String text) {
        assertThat(ListenReader.parse(text, 99)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"*:179, 10.0.0.1:179, true", "*:179, [::1]:179, true", "0.0.0.0:179, 10.0.0.1:179, true",
            "0.0.0.0:179, [::1]:179, false", "*:179, 0.0.0.0:179, false", "*:179, *:1790, false",
            "10.0.0.1:179, 10.0.0.2:179, false", "10.0.0.1:179, 10.0.0.1:179, true"})
    void addresses_overlap_if_one_contains_the_other_on_the_same_port(String one, String other, boolean expected) {
        ListenAddress a = ListenAddress.parse(one).orElseThrow();
        ListenAddress b = ListenAddress.parse(other).orElseThrow();

        assertThat(a.overlaps(b)).isEqualTo(expected);
        assertThat(b.overlaps(a)).isEqualTo(expected);
    }
}
