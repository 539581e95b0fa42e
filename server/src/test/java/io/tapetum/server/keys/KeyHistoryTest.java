package io.tapetum.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

class KeyHistoryTest {

    private final KeyHistory history = new KeyHistory(Duration.ofMinutes(5));
    private final TcpKey older = key("swordfish");
    private final TcpKey newer = key("marlin");

    private static TcpKey key(String text) {
        return TcpKey.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void what_is_forgotten_is_valid_no_more_and_wiped_when_nobody_can_be_about_to_use_it() {
        history.now(older, 0);
        history.now(newer, seconds(1));

        history.forget(seconds(10));

        assertThat(history.valid()).isEmpty();
        history.wipe(seconds(69));
        assertThat(older).isEqualTo(key("swordfish"));
        assertThat(newer).isEqualTo(key("marlin"));
        assertThat(history.isEmpty()).isFalse();
        history.wipe(seconds(70));
        assertThat(older).isEqualTo(TcpKey.of(new byte[older.length()]));
        assertThat(newer).isEqualTo(TcpKey.of(new byte[newer.length()]));
        assertThat(history.isEmpty()).isTrue();
    }

    @Test
    void a_key_may_come_back_after_it_was_forgotten() {
        history.now(older, 0);
        history.forget(seconds(1));

        assertThat(history.now(newer, seconds(2))).isTrue();

        history.wipe(seconds(120));
        assertThat(history.valid()).containsExactly(key("marlin"));
        assertThat(history.isEmpty()).isFalse();
    }
}
