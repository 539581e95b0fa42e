package io.tapetum.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class ShutdownCommunicationTest {

    @ParameterizedTest
    @EnumSource(names = {"CEASE_ADMINISTRATIVE_SHUTDOWN", "CEASE_ADMINISTRATIVE_RESET"})
    void the_text_travels_with_a_shutdown_and_a_reset(ErrorCode error) {
        Notification notification = ShutdownCommunication.notification(error, "[TICKET-1] Umzug für Büro 2");

        assertThat(notification.error()).isEqualTo(error);
        assertThat(notification.data()).startsWith(29, '[', 'T').hasSize(30);
        assertThat(ShutdownCommunication.textOf(notification)).contains("[TICKET-1] Umzug für Büro 2");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"CEASE_ADMINISTRATIVE_SHUTDOWN", "CEASE_ADMINISTRATIVE_RESET"})
    void no_other_error_carries_text(ErrorCode error) {
        assertThatThrownBy(() -> ShutdownCommunication.notification(error, "text"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(error.name());
        assertThat(ShutdownCommunication.textOf(Notification.of(error, new byte[]{1, 'x'}))).isEmpty();
    }

    @Test
    void no_text_is_no_data() {
        Notification silent = ShutdownCommunication.notification(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN, "");

        assertThat(silent).isEqualTo(Notification.of(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN));
        assertThat(ShutdownCommunication.textOf(silent)).isEmpty();
        assertThat(textOf("00")).isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource({"a,255", "ü,254", "€,255", "😀,252", "x😀,253", "xx😀,254", "xxx😀,255"})
    void a_long_text_is_cut_between_code_points(String unit, int expectedOctets) {
        // given the last character of the unit many times, behind the others
        String last = unit.substring(unit.offsetByCodePoints(unit.length(), -1));
        String text = unit + last.repeat(300);

        byte[] data = ShutdownCommunication.encode(text);

        assertThat(data).hasSize(1 + expectedOctets);
        assertThat(Byte.toUnsignedInt(data[0])).isEqualTo(expectedOctets);
        String sent = new String(data, 1, expectedOctets, StandardCharsets.UTF_8);
        assertThat(text).startsWith(sent);
    }

    @Test
    void half_a_surrogate_pair_is_replaced_not_sent() {
        assertThat(ShutdownCommunication.encode("a\uD83D")).containsExactly(2, 'a', '?');
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "80", // a continuation without a start
            "c3", // a start without its continuation
            "c0af", // overlong
            "eda080", // a surrogate
            "f4908080", // beyond Unicode
            "fe"})
    void invalid_utf8_is_shown_as_replacement_characters(String invalid) {
        String octets = "61" + invalid + "62";

        String text = textOf("%02x".formatted(octets.length() / 2) + octets);

        assertThat(text).matches("a\uFFFD+b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u001b[2J", "\r\n", "\u007f", "\u009b", "\u2028", "\u202e", "\u2066", "\ue000"})
    void what_could_disturb_a_terminal_or_a_log_is_not_shown(String nasty) {
        Notification notification = ShutdownCommunication.notification(ErrorCode.CEASE_ADMINISTRATIVE_RESET,
                "a" + nasty + "b");

        assertThat(ShutdownCommunication.textOf(notification).orElseThrow()).startsWith("a\uFFFD").endsWith("b")
                .doesNotContain(nasty);
    }

    @Test
    void ordinary_text_of_every_script_is_shown_as_it_is() {
        String text = "Wartung – обслуживание – 保守 – 😀 100 %";
        Notification notification = ShutdownCommunication.notification(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN, text);

        assertThat(ShutdownCommunication.textOf(notification)).contains(text);
    }

    @Test
    void a_length_past_the_data_takes_what_is_there_and_octets_behind_the_text_are_ignored() {
        assertThat(textOf("ff 6f6b")).isEqualTo("ok");
        assertThat(textOf("02 6f6b 1b00")).isEqualTo("ok");
    }

    private static String textOf(String dataHex) {
        byte[] data = HexFormat.of().parseHex(dataHex.replace(" ", ""));
        return ShutdownCommunication.textOf(Notification.of(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN, data)).orElse("");
    }
}
