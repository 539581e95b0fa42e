package io.tapetum.wire.update;

import static io.tapetum.wire.update.Parsing.INTERNAL;
import static io.tapetum.wire.update.Parsing.classic;
import static io.tapetum.wire.update.Parsing.parse;
import static io.tapetum.wire.update.UpdateBuilder.concat;
import static io.tapetum.wire.update.UpdateBuilder.segment;
import static io.tapetum.wire.update.UpdateBuilder.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;

/** Speakers with two-octet AS numbers (RFC 6793 §4.2.3, §6). */
class TwoOctetAsTest {

    private static final UpdateContext TWO_OCTET = INTERNAL.withFourOctetAs(false);
    private static final int SET = 1;
    private static final int SEQUENCE = 2;
    private static final int CONFED_SEQUENCE = 3;
    private static final int CONFED_SET = 4;

    private static UpdateBuilder withPath(byte[] path) {
        return update().origin(0).attribute(0x40, 2, path).nextHop("192.0.2.1").announced("10.0.0.0/8");
    }

    private static PathAttributes fourOctet(byte[] path) throws BgpErrorException {
        return classic(parse(INTERNAL, withPath(path)));
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                Arguments.of("the other's numbers replace the last ones", segment(SEQUENCE, 2, 100, 23456, 23456),
                        segment(SEQUENCE, 4, 70000, 80000), segment(SEQUENCE, 4, 100, 70000, 80000)),
                Arguments.of("equally long", segment(SEQUENCE, 2, 23456, 200), segment(SEQUENCE, 4, 70000, 200),
                        segment(SEQUENCE, 4, 70000, 200)),
                Arguments.of("longer than the path it completes", segment(SEQUENCE, 2, 100, 23456),
                        segment(SEQUENCE, 4, 1, 2, 3), segment(SEQUENCE, 4, 100, 23456)),
                Arguments.of("an empty path", new byte[0], segment(SEQUENCE, 4, 70000), new byte[0]),
                Arguments.of("a set counts one",
                        concat(segment(SEQUENCE, 2, 100, 23456), segment(SET, 2, 5, 6, 7)),
                        concat(segment(SEQUENCE, 4, 70000), segment(SET, 4, 5, 6)),
                        concat(segment(SEQUENCE, 4, 100, 70000), segment(SET, 4, 5, 6))),
                Arguments.of("a leading set is kept whole",
                        concat(segment(SET, 2, 5, 6, 7), segment(SEQUENCE, 2, 23456)), segment(SEQUENCE, 4, 70000),
                        concat(segment(SET, 4, 5, 6, 7), segment(SEQUENCE, 4, 70000))),
                Arguments.of("a leading confederation segment is kept though nothing else is",
                        concat(segment(CONFED_SEQUENCE, 2, 64600), segment(SEQUENCE, 2, 23456)),
                        segment(SEQUENCE, 4, 70000),
                        concat(segment(CONFED_SEQUENCE, 4, 64600), segment(SEQUENCE, 4, 70000))),
                Arguments.of("a confederation segment stays with the segment before it",
                        concat(segment(SEQUENCE, 2, 100), segment(CONFED_SET, 2, 64600), segment(SEQUENCE, 2, 23456)),
                        segment(SEQUENCE, 4, 70000),
                        concat(segment(SEQUENCE, 4, 100), segment(CONFED_SET, 4, 64600), segment(SEQUENCE, 4, 70000))),
                Arguments.of("a confederation segment that touches nothing kept goes",
                        concat(segment(SEQUENCE, 2, 23456), segment(CONFED_SEQUENCE, 2, 64600)),
                        segment(SEQUENCE, 4, 70000), segment(SEQUENCE, 4, 70000)),
                Arguments.of("a sequence is cut in two",
                        concat(segment(SEQUENCE, 2, 1), segment(SEQUENCE, 2, 2, 3, 23456)),
                        segment(SEQUENCE, 4, 3, 70000),
                        concat(segment(SEQUENCE, 4, 1), segment(SEQUENCE, 4, 2, 3, 70000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void the_path_is_put_together_from_both_attributes(String name, byte[] asPath, byte[] as4Path, byte[] expected)
            throws BgpErrorException {
        UpdateParser parser = parse(TWO_OCTET, withPath(asPath).attribute(0xC0, 17, as4Path));

        assertThat(parser.errors()).as(name).isEmpty();
        assertThat(classic(parser)).isEqualTo(fourOctet(expected));
    }

    @Test
    void without_the_other_attribute_numbers_are_widened() throws BgpErrorException {
        byte[] path = concat(segment(SEQUENCE, 2, 1, 65535), segment(SET, 2, 23456));

        assertThat(classic(parse(TWO_OCTET, withPath(path))))
                .isEqualTo(fourOctet(concat(segment(SEQUENCE, 4, 1, 65535), segment(SET, 4, 23456))));
    }

    @Test
    void a_sequence_that_would_pass_255_numbers_is_not_joined() throws BgpErrorException {
        long[] small = new long[255];
        Arrays.fill(small, 23456);
        small[0] = 1;
        long[] large = new long[255];
        Arrays.fill(large, 70000);
        byte[] asPath = concat(segment(SEQUENCE, 2, small), segment(SEQUENCE, 2, 23456));

        PathAttributes attributes = classic(
                parse(TWO_OCTET, withPath(asPath).attribute(0xC0, 17, segment(SEQUENCE, 4, large))));

        assertThat(attributes)
                .isEqualTo(fourOctet(concat(segment(SEQUENCE, 4, 1), segment(SEQUENCE, 4, large))));
        assertThat(attributes.asPathLength()).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({"''", "02", "0201", "02020001d970", "05010001d970", "020100000000"})
    void a_malformed_as4_path_is_discarded(String hex) throws BgpErrorException {
        UpdateParser parser = parse(TWO_OCTET,
                withPath(segment(SEQUENCE, 2, 1, 23456)).attribute(0xC0, 17, HexFormat.of().parseHex(hex)));

        assertThat(parser.treatAsWithdraw()).isFalse();
        assertThat(parser.errors()).extracting(AttributeError::type).containsExactly(17);
        assertThat(classic(parser)).isEqualTo(fourOctet(segment(SEQUENCE, 4, 1, 23456)));
    }

    @Test
    void confederation_segments_of_as4_path_are_passed_over_and_reported() throws BgpErrorException {
        byte[] as4Path = concat(segment(CONFED_SEQUENCE, 4, 64600), segment(SEQUENCE, 4, 70000));

        UpdateParser parser = parse(TWO_OCTET, withPath(segment(SEQUENCE, 2, 1, 23456)).attribute(0xC0, 17, as4Path));

        assertThat(parser.errors()).extracting(AttributeError::type).containsExactly(17);
        assertThat(classic(parser)).isEqualTo(fourOctet(segment(SEQUENCE, 4, 1, 70000)));
    }

    @ParameterizedTest
    @CsvSource({
            // AS_TRANS: the real number is in the other attribute, and AS4_PATH counts
            "5ba001020304, 0001117001020304, 0001117001020304, true",
            // set by a two-octet speaker: both AS4 attributes are out of date
            "fde901020304, 0001117001020304, 0000fde901020304, false",
            // without the other attribute AS4_PATH counts all the same
            "fde901020304, '', 0000fde901020304, true", "5ba001020304, '', 00005ba001020304, true",
            // a malformed one counts as absent
            "fde901020304, 00011170, 0000fde901020304, true", "5ba001020304, 0000000001020304, 00005ba001020304, true"})
    void the_aggregator_decides_what_counts(String aggregator, String as4Aggregator, String expected,
            boolean as4PathCounts) throws BgpErrorException {
        UpdateBuilder update = withPath(segment(SEQUENCE, 2, 1, 23456)).as4Path(70000).attribute(0xC0, 7,
                HexFormat.of().parseHex(aggregator));
        if (!as4Aggregator.isEmpty()) {
            update.attribute(0xC0, 18, HexFormat.of().parseHex(as4Aggregator));
        }

        PathAttributes attributes = classic(parse(TWO_OCTET, update));

        assertThat(HexFormat.of().formatHex(attributes.block())).endsWith("c00708" + expected);
        assertThat(attributes.occurrencesOfAs(70000)).isEqualTo(as4PathCounts ? 1 : 0);
    }

    @Test
    void as4_aggregator_without_aggregator_is_ignored() throws BgpErrorException {
        UpdateParser parser = parse(TWO_OCTET,
                withPath(segment(SEQUENCE, 2, 1, 23456)).as4Path(70000).attribute(0xC0, 18, 0, 1, 0, 0, 1, 2, 3, 4));

        assertThat(classic(parser)).isEqualTo(fourOctet(segment(SEQUENCE, 4, 1, 70000)));
    }

    @Test
    void the_first_as_of_an_external_peer_is_looked_for_in_the_whole_path() throws BgpErrorException {
        UpdateContext external = UpdateContext.external(65001, Parsing.BOTH).withFourOctetAs(false);

        assertThat(parse(external, withPath(segment(SEQUENCE, 2, 65001, 23456)).as4Path(70000)).treatAsWithdraw())
                .isFalse();
        assertThat(parse(external, withPath(segment(SEQUENCE, 2, 23456)).as4Path(70000)).treatAsWithdraw()).isTrue();
    }

    @Test
    void a_path_that_four_octet_numbers_make_too_long_withdraws() throws BgpErrorException {
        long[] asns = new long[255];
        Arrays.fill(asns, 65001);
        byte[][] segments = new byte[70][];
        Arrays.fill(segments, segment(SEQUENCE, 2, asns));

        UpdateParser parser = parse(TWO_OCTET, withPath(concat(segments)));

        assertThat(parser.treatAsWithdraw()).isTrue();
    }
}
