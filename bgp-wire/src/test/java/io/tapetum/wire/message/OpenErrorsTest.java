package io.tapetum.wire.message;

import static io.tapetum.wire.message.Frames.frame;
import static io.tapetum.wire.message.Frames.open;
import static io.tapetum.wire.message.Frames.openWithCapabilities;
import static io.tapetum.wire.message.Rejection.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.BgpHeader;

class OpenErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "05", "ff"})
    void another_version_is_told_the_supported_one(String version) {
        ByteBuf frame = frame(BgpHeader.OPEN, version + "fc00 00f0 0ac00003 00");

        assertRejected(() -> MessageDecoder.read(frame), ErrorCode.OPEN_UNSUPPORTED_VERSION, 0, 4);
    }

    @Test
    void the_version_is_judged_before_all_that_a_later_version_may_have_moved() {
        ByteBuf frame = frame(BgpHeader.OPEN, "05 0000 0001 00000000 77");

        assertRejected(() -> MessageDecoder.read(frame), ErrorCode.OPEN_UNSUPPORTED_VERSION, 0, 4);
    }

    @Test
    void as_0_is_a_bad_peer_as() {
        ByteBuf frame = frame(BgpHeader.OPEN, "04 0000 00f0 0ac00003 00");

        assertRejected(() -> MessageDecoder.read(frame), ErrorCode.OPEN_BAD_PEER_AS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4104 00000000", "4104 0000fc00 4104 00000000"})
    void four_octet_as_0_is_a_bad_peer_as(String capabilities) {
        assertRejected(() -> MessageDecoder.read(openWithCapabilities(capabilities)), ErrorCode.OPEN_BAD_PEER_AS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4104 0000fc01", "4104 0001fc00", "4104 00005ba0"})
    void two_as_numbers_that_disagree_are_a_bad_peer_as(String capability) {
        assertRejected(() -> MessageDecoder.read(openWithCapabilities(capability)), ErrorCode.OPEN_BAD_PEER_AS);
    }

    @ParameterizedTest
    @CsvSource({"0000fc00,64512", "00010000,65536", "ffffffff,4294967295"})
    void as_trans_in_the_short_field_agrees_with_every_four_octet_as(String as, long expected)
            throws BgpErrorException {
        ByteBuf frame = frame(BgpHeader.OPEN, "04 5ba0 00f0 0ac00003 08 02 06 4104" + as);

        assertThat(((Open) MessageDecoder.read(frame)).as()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0001,false", "0002,false", "0000,true", "0003,true", "ffff,true"})
    void a_hold_time_is_zero_or_at_least_three_seconds(String holdTime, boolean acceptable) throws BgpErrorException {
        ByteBuf frame = frame(BgpHeader.OPEN, "04 fc00" + holdTime + "0ac00003 00");

        if (acceptable) {
            assertThat(((Open) MessageDecoder.read(frame)).holdTimeSeconds()).isEqualTo(Integer.parseInt(holdTime, 16));
        } else {
            assertRejected(() -> MessageDecoder.read(frame), ErrorCode.OPEN_UNACCEPTABLE_HOLD_TIME);
        }
    }

    @Test
    void identifier_0_is_bad_and_every_other_number_is_not() throws BgpErrorException {
        assertRejected(() -> MessageDecoder.read(frame(BgpHeader.OPEN, "04 fc00 00f0 00000000 00")),
                ErrorCode.OPEN_BAD_IDENTIFIER);
        // RFC 6286: not necessarily an address, so multicast and broadcast patterns pass
        assertThat(((Open) MessageDecoder.read(frame(BgpHeader.OPEN, "04 fc00 00f0 e0000001 00"))).bgpIdentifier())
                .isEqualTo(0xE0000001);
        assertThat(((Open) MessageDecoder.read(frame(BgpHeader.OPEN, "04 fc00 00f0 ffffffff 00"))).bgpIdentifier())
                .isEqualTo(0xFFFFFFFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "02 01 00", // authentication, deprecated by RFC 4271
            "02 00 00",
            "03 fe 01 00",
            "06 02 02 0200 03 00", // behind a good one
            "06 02 02 0200 ff 00", // RFC 9072: 255 is the extended form in the first place only
            "ff ff 0003 01 0000",
            "ff ff 0003 ff 0000"})
    void an_optional_parameter_other_than_capabilities_is_unsupported(String parameters) {
        assertRejected(() -> MessageDecoder.read(open(parameters)), ErrorCode.OPEN_UNSUPPORTED_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "01", // one octet announced, none there
            "00 02", // none announced, one there
            "00 02 00", // none announced, a whole one there
            "02 02 00 02 00", // one announced, two there
            "ff ff 0003 02 0000 02 0000",
            "00 ff 0000", // RFC 9072: a length of zero means that there is nothing, not that the long form follows
            "02 02", // shorter than announced
            "02 02 00 00", // longer than announced
            "01 02", // a parameter without a length
            "03 02 00 02", // a second parameter without a length
            "02 02 01", // a parameter that reaches past the message by one
            "02 02 ff",
            "04 02 03 0200", // by one, with a capability inside
            "04 02 ff 0200",
            "05 02 00 02 ff 00", // a second parameter that reaches past the message
            "01 ff", // extended: no length
            "ff ff 00", // extended: half a length
            "ff ff 0001", // extended: shorter than announced
            "ff ff ffff",
            "ff ff 0000 02", // extended: longer than announced
            "ff ff 0001 02", // extended: a parameter without a length
            "ff ff 0002 02 00", // extended: a parameter with half a length
            "ff ff 0003 02 0001", // extended: a parameter that reaches past the message
            "ff ff 0003 02 ffff",
            "ff ff 0005 02 0003 0200"})
    void parameters_whose_lengths_do_not_add_up_are_malformed(String parameters) {
        assertRejected(() -> MessageDecoder.read(open(parameters)), ErrorCode.OPEN_UNSPECIFIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "03 02 01 02", // a code without a length
            "05 02 03 0200 46", // a second one without a length
            "04 02 02 0201", // past its parameter by one
            "04 02 02 02ff",
            "06 02 04 0104 0001", // a multiprotocol capability cut in half
            "08 02 02 4004 02 02 0200", // past its parameter, yet within the message
            "06 02 04 41ff 0000",
            "ff ff 0005 02 0002 02ff"})
    void a_capability_that_reaches_past_its_parameter_is_malformed(String parameters) {
        assertRejected(() -> MessageDecoder.read(open(parameters)), ErrorCode.OPEN_UNSPECIFIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4100", "4102 fc00", "4105 0000fc0000"})
    void a_four_octet_as_of_another_length_is_malformed_since_as_paths_depend_on_it(String capability) {
        assertRejected(() -> MessageDecoder.read(openWithCapabilities(capability)), ErrorCode.OPEN_UNSPECIFIC);
    }

    @Test
    void an_open_cut_short_anywhere_is_rejected() throws BgpErrorException {
        ByteBuf whole = openWithCapabilities(
                "0104 0001 00 01  0200  4006 0078 0001 01 00  4104 0000fc00  4504 0001 01 03  4600  4700");
        assertThat(MessageDecoder.read(whole)).isInstanceOf(Open.class);

        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.slice(0, length);
            if (length < MessageLengths.MIN_OPEN) {
                assertRejected(() -> MessageDecoder.read(cut), ErrorCode.HEADER_BAD_LENGTH, 0, length);
            } else {
                assertRejected(() -> MessageDecoder.read(cut), ErrorCode.OPEN_UNSPECIFIC);
            }
        }
    }

    @Test
    void an_open_beyond_4096_octets_is_of_bad_length_whatever_was_negotiated() {
        int parameters = 4097 - OpenLayout.EXTENDED_PARAMETERS;
        ByteBuf tooLong = open("ffff%04x".formatted(parameters) + "020000".repeat(parameters / 3)
                + "00".repeat(parameters % 3));

        assertRejected(() -> MessageDecoder.read(tooLong), ErrorCode.HEADER_BAD_LENGTH, 0x10, 0x01);
    }
}
