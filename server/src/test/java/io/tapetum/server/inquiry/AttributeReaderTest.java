package io.tapetum.server.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeReaderTest {

    private static final String ORIGIN = "40010100";
    private static final String NEXT_HOP = "400304" + "0a00000c";
    private static final String LOCAL_PREF = "400504" + "00000064";

    @Test
    void whatEveryRouteHasIsShownAndTheRestIsEmpty() {
        RouteAttributes attributes = read("400200");

        assertThat(attributes).isEqualTo(new RouteAttributes("igp", "", "10.0.0.12", 100, null, null, List.of(),
                List.of(), List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "0201 0000fde9, 65001", "0202 0000fde9 fa56ea01, 65001 4200000001",
            "0201 0000fde9 0102 0000fdea 0000fdeb, 65001 {65002 65003}", "0302 0000fde9 0000fdea, (65001 65002)",
            "0402 0000fde9 0000fdea 0201 0000fdeb, ({65001 65002}) 65003"})
    void asPathsHaveSetsInBracesAndConfederationsInParentheses(String path, String shown) {
        assertThat(read(attribute(0x40, 2, path)).asPath()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"fde80064, 65000:100", "ffffff01, no-export", "ffffff02, no-advertise",
            "ffffff03, no-export-subconfed", "ffffff04, no-peer", "ffff0006, llgr-stale", "ffff0007, no-llgr",
            "ffff0000, graceful-shutdown", "ffff029a, blackhole", "00000000, 0:0", "ffffffff, 65535:65535"})
    void communitiesAreNumbersOrTheNameOfAWellKnownOne(String community, String shown) {
        assertThat(withPath(attribute(0xC0, 8, community)).communities()).containsExactly(shown);
    }

    @ParameterizedTest
    @CsvSource({"0002fc0000000064, rt:64512:100", "0102c0000201000a, rt:192.0.2.1:10",
            "0202fa56ea01000a, rt:4200000001:10", "0003fc0000000064, ro:64512:100",
            "030c000000000008, 030c000000000008"})
    void extendedCommunitiesAreRouteTargetsOrDigits(String community, String shown) {
        assertThat(withPath(attribute(0xC0, 16, community)).extendedCommunities()).containsExactly(shown);
    }

    @Test
    void largeCommunitiesAreThreeNumbers() {
        assertThat(withPath(attribute(0xC0, 32, "fa56ea010000000100000002")).largeCommunities())
                .containsExactly("4200000001:1:2");
    }

    @Test
    void medAndTheAttributesOfReflectionAreShownIfTheyAreThere() {
        RouteAttributes attributes = withPath(attribute(0x80, 4, "0000002a") + attribute(0x80, 9, "0a00000d")
                + attribute(0x80, 10, "e000000101010101"));

        assertThat(attributes.med()).isEqualTo(42);
        assertThat(attributes.originatorId()).isEqualTo("10.0.0.13");
        assertThat(attributes.clusterList()).containsExactly("224.0.0.1", "1.1.1.1");
    }

    @Test
    void whatHasNoPlaceOfItsOwnIsNamedOrShownInDigits() {
        RouteAttributes attributes = withPath(attribute(0x40, 6, "") + attribute(0xC0, 7, "0000fde90a000001")
                + attribute(0xE0, 200, "00010203"));

        assertThat(attributes.others()).containsExactly("ATOMIC_AGGREGATE", "AGGREGATOR: 65001 10.0.0.1",
                "200 (transitive, partial): 00010203");
    }

    @Test
    void whatIsVeryLongIsCutAndSaysSo() {
        RouteAttributes attributes = withPath(
                attribute(0xC0, 8, "fde80001".repeat(700)) + attribute(0xE0, 200, "ab".repeat(300)));

        assertThat(attributes.communities()).hasSize(129).endsWith("and 572 more");
        assertThat(attributes.others()).containsExactly("200 (transitive, partial): " + "ab".repeat(64)
                + "... (300 octets)");
        assertThat(read(attribute(0x40, 2, "02ff" + "0000fde9".repeat(255))).asPath()).endsWith("65001 and more")
                .hasSizeLessThan(1000);
    }

    private static RouteAttributes withPath(String more) {
        return read("400200" + more);
    }

    private static String attribute(int flags, int type, String hexValue) {
        String value = hexValue.replace(" ", "");
        int octets = value.length() / 2;
        Function<Integer, String> header = extended -> "%02x%02x".formatted(flags | extended, type);
        return (octets > 255 ? header.apply(0x10) + "%04x" : header.apply(0) + "%02x").formatted(octets) + value;
    }

    private static RouteAttributes read(String more) {
        return AttributeReader.read(SampleAttributes.received(ORIGIN + NEXT_HOP + LOCAL_PREF + more));
    }
}
