package io.tapetum.server.metrics;

import java.lang.management.ManagementFactory;
import java.util.Set;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/** What is measured of the process and its Java virtual machine, by the names that Micrometer gives it. */
public final class ProcessMeters {

    /**
     * The states of threads, for which every thread is looked at six times a scrape; two names that Prometheus' own tool
     * finds fault with; what only some collectors of garbage have; and shares of processors, which take a reading of the
     * container's files each and say less than the counter.
     */
    private static final Set<String> LEFT_OUT = Set.of("jvm.threads.states", "process.cpu.time", "system.cpu.count",
            "jvm.gc.concurrent.phase.time", "process.cpu.usage", "system.cpu.usage");

    private static final double NANOS_PER_SECOND = 1e9;

    private ProcessMeters() {}

    /**
     * Before anything else is measured, because it also says what is left out. Once in a process: what counts collections
     * of garbage does so until the process ends.
     */
    @SuppressWarnings("resource")
    public static void bindTo(MeterRegistry meters) {
        meters.config().meterFilter(MeterFilter.deny(meter -> LEFT_OUT.contains(meter.getName())));
        new JvmMemoryMetrics().bindTo(meters);
        new JvmGcMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        FileMeters.bindTo(meters);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter
                    .builder("process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS_PER_SECOND)
                    .description("Time of processors that the process has taken").baseUnit("seconds").register(meters);
        }
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
            Gauge.builder("tapetum.netty.direct.memory", allocator.metric(), metric -> metric.usedDirectMemory())
                    .description("Memory outside of the heap that Netty's allocator has taken from the system")
                    .baseUnit("bytes").register(meters);
        }
    }
}
