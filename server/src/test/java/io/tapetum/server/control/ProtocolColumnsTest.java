package io.tapetum.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.server.reflector.SessionStatus;

class ProtocolColumnsTest {

    private static final SessionStatus UP = SampleSession.ipv4("10.0.0.2");

    @ParameterizedTest
    @CsvSource({"2020-03-01T10:00:00Z, 10:00:00", "2020-03-02T05:59:59Z, 10:00:00", "2020-03-02T06:00:00Z, 2020-03-01",
            "2021-03-01T10:00:00Z, 2020-03-01"})
    void after_twenty_hours_a_date_takes_the_place_of_the_time(Instant now, String shown) {
        assertThat(ProtocolColumns.since(UP, now, ZoneOffset.UTC)).isEqualTo(shown);
    }

    @Test
    void times_are_those_of_the_reader() {
        assertThat(ProtocolColumns.since(UP, UP.since(), ZoneId.of("Asia/Tokyo"))).isEqualTo("19:00:00");
    }

    @Test
    void the_state_tells_a_session_that_is_tried_from_one_that_is_not_wanted() {
        assertThat(ProtocolColumns.state(UP)).isEqualTo("up");
        assertThat(ProtocolColumns.state(SampleSession.down("10.0.0.2", "Socket: Connection refused")))
                .isEqualTo("start");
        assertThat(ProtocolColumns.state(SampleSession.stopped("10.0.0.2"))).isEqualTo("down");
        assertThat(ProtocolColumns.bgpState(SampleSession.stopped("10.0.0.2"))).isEqualTo("Down");
        assertThat(ProtocolColumns.error(SampleSession.stopped("10.0.0.2"))).isEmpty();
    }
}
