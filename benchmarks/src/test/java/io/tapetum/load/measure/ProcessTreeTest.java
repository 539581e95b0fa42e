package io.tapetum.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class ProcessTreeTest {

    private final ProcessTree self = new ProcessTree(ProcessHandle.current().pid());

    @Test
    void this_process_has_used_time_and_memory() {
        assertThat(self.cpuSeconds()).isPositive().isLessThanOrEqualTo(ProcessTree.machineCpuSeconds());
        assertThat(self.residentKib()).isPositive().isLessThanOrEqualTo(self.peakKib());
    }

    @Test
    void descendants_count_too() throws Exception {
        // The shell waits for its child: two processes.
        Process shell = new ProcessBuilder("sh", "-c", "sleep 60; true").start();
        try {
            await().until(() -> shell.children().findAny().isPresent());
            long child = shell.children().findAny().orElseThrow().pid();

            assertThat(new ProcessTree(shell.pid()).residentKib())
                    .isGreaterThanOrEqualTo(new ProcessTree(child).residentKib() + 1);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_process_that_is_gone_has_nothing() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();

        assertThat(new ProcessTree(child.pid()).residentKib()).isZero();
        assertThat(new ProcessTree(child.pid()).cpuSeconds()).isZero();
    }
}
