package io.tapetum.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Two children of this process: one does nothing, one is busy. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class MeterTest {

    private final Process idle = start("exec sleep 60");
    private final Process busy = start("while :; do :; done");

    @AfterEach
    void stop() throws InterruptedException {
        idle.destroyForcibly().waitFor();
        busy.destroyForcibly().waitFor();
    }

    @Test
    void the_time_of_a_busy_reflector_is_its_own() {
        Usage usage = whileBusyWorks(busy);

        assertThat(usage.daemonCpuSeconds()).isGreaterThan(0.5);
        assertThat(usage.generatorCpuSeconds()).isLessThan(usage.daemonCpuSeconds());
        assertThat(usage.residentMib()).isPositive().isLessThanOrEqualTo(usage.peakMib());
    }

    @Test
    void a_run_is_disturbed_by_the_work_of_somebody_else() {
        Usage usage = whileBusyWorks(idle);

        assertThat(usage.daemonCpuSeconds()).isLessThan(0.1);
        assertThat(usage.otherCpuSeconds()).isGreaterThan(0.5);
        assertThat(usage.disturbed()).isTrue();
    }

    /** Until the busy one has had a processor for more than half a second. */
    private Usage whileBusyWorks(Process reflector) {
        ProcessTree working = new ProcessTree(busy.pid());
        Meter meter = new Meter(Optional.of(new ProcessTree(reflector.pid())));
        double before = working.cpuSeconds();
        meter.start(() -> 0);
        await().until(() -> working.cpuSeconds() - before > 0.6);
        return meter.stop(() -> 0);
    }

    private static Process start(String script) {
        try {
            return new ProcessBuilder("sh", "-c", script).start();
        } catch (IOException e) {
            throw new IllegalStateException("no shell", e);
        }
    }
}
