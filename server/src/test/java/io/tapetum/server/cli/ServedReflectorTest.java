package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.health.Check;
import io.tapetum.server.health.Health;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.Interventions;

/** What operators see before there is a reflector. */
class ServedReflectorTest {

    private final ServedReflector served;
    private final Health health;

    ServedReflectorTest() throws ConfigurationException {
        served = new ServedReflector(Configuration.withoutFile(EnvironmentLayer.NONE).settings(), null);
        health = new Health(served, served::listens);
    }

    @Test
    void before_it_listens_it_lives_and_is_not_ready() {
        assertThat(health.live().passed()).isTrue();
        assertThat(health.ready().checks()).filteredOn(check -> !check.passed()).extracting(Check::name)
                .containsExactly("listening", "converged");
    }

    @Test
    void once_it_listens_it_is_as_the_reflector_is() {
        StubReflector reflector = new StubReflector();
        served.is(reflector);

        assertThat(served.sessions()).isEqualTo(reflector.sessions());
        assertThat(served.status()).isEqualTo(reflector.status());
        assertThat(health.ready().checks()).filteredOn(check -> !check.passed()).extracting(Check::name)
                .containsExactly("converged");
    }

    @Test
    void before_it_listens_there_is_nobody_to_give_orders_about() throws Exception {
        assertThat(served.sessions()).isEqualTo(List.of());
        assertThat(served.start(Interventions.ALL)).isZero();
        assertThatThrownBy(() -> served.start("node-1")).isInstanceOf(UnknownPeerException.class);
    }
}
