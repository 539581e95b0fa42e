package io.tapetum.wire.nlri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({"10.1.0.0/16, 10.1.0.0/16", "10.1.2.3/16, 10.1.0.0/16", "0.0.0.0/0, 0.0.0.0/0",
            "255.255.255.255, 255.255.255.255/32", "fd00::/8, fd00::/8", "fd00:0:0:0:0:0:0:1, fd00::1/128",
            "2001:db8::ffff/64, 2001:db8::/64", "2001:db8:0:0:8000::/65, 2001:db8:0:0:8000::/65", "::/0, ::/0"})
    void isReadAndWrittenAsOperatorsWriteIt(String text, String written) {
        assertThat(Prefix.parse(text)).hasToString("Optional[" + written + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "fd00::/129",
            "example.net/24",
            "fe80::1%eth0/64", "[fd00::1]/64", "10.0.0.0/8/8", "10.0.0.0/+8", "10.0.0.0/99999999999"})
    void whatIsNoPrefixIsNone(String text) {
        assertThat(Prefix.parse(text)).isEmpty();
    }

    @Test
    void containsItselfAndWhatIsLonger() {
        assertThat(prefix("10.0.0.0/8").contains(prefix("10.0.0.0/8"))).isTrue();
        assertThat(prefix("10.0.0.0/8").contains(prefix("10.255.0.0/16"))).isTrue();
        assertThat(prefix("10.0.0.0/8").contains(prefix("11.0.0.0/16"))).isFalse();
        assertThat(prefix("10.0.0.0/16").contains(prefix("10.0.0.0/8"))).isFalse();
        assertThat(prefix("2001:db8::/65").contains(prefix("2001:db8::1/128"))).isTrue();
        assertThat(prefix("2001:db8::/65").contains(prefix("2001:db8:0:0:8000::/66"))).isFalse();
        assertThat(prefix("::/0").contains(prefix("0.0.0.0/0"))).isFalse();
    }

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }
}
