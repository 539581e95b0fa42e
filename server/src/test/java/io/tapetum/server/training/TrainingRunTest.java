package io.tapetum.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrainingRunTest {

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void a_reflector_reads_its_peers_reflects_routes_is_asked_and_is_drained() throws Exception {
        assertThat(TrainingRun.run()).isZero();
    }
}
