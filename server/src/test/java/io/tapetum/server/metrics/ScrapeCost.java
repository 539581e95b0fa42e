package io.tapetum.server.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.AdminSettings;

/**
 * How much of a processor a scrape takes, printed for docs/metrics.md. It is what it takes to write the answer: to ask the
 * reflector is not part of it. Run it under the options of the program, which are in {@code ../tapetum}.
 */
final class ScrapeCost {

    private static final int SCRAPES = 200;
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private ScrapeCost() {}

    /** Measures once for each of these numbers of sessions. */
    public static void main(String[] arguments) throws IOException {
        for (String sessions : arguments) {
            measure(Integer.parseInt(sessions), Integer.MAX_VALUE, "text/plain");
            measure(Integer.parseInt(sessions), Integer.MAX_VALUE, OPEN_METRICS);
            measure(Integer.parseInt(sessions), 1000, "text/plain");
            measure(Integer.parseInt(sessions), 0, "text/plain");
        }
    }

    private static void measure(int sessions, int limit, String format) throws IOException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMeters.bindTo(meters);
        ReflectorMetrics metrics = new ReflectorMetrics(meters, "1.0", "0123456789ab",
                new StubReflector(SampleSessions.up(sessions)),
                new AdminSettings.Metrics(limit, false));
        // All of the process, because a scrape has a thread of its own.
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long[] nanos = new long[SCRAPES];
        for (int i = 0; i < SCRAPES; i++) {
            long start = process.getProcessCpuTime();
            metrics.write(format, OutputStream.nullOutputStream());
            nanos[i] = process.getProcessCpuTime() - start;
        }
        String last = Scrape.text(metrics, format);
        Arrays.sort(nanos, SCRAPES / 2, SCRAPES);
        System.out.printf("%d sessions, at most %d with series, %s: median %.2f ms, %d series, %d octets%n", sessions,
                limit, format, nanos[SCRAPES * 3 / 4] / 1e6,
                last.lines().filter(line -> !line.startsWith("#")).count(), last.length());
    }
}
