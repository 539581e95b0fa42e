package io.tapetum.server.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How many files the process has open, sockets among them, and how many it may have; by Micrometer's names, whose own meter
 * counts them one by one: with 500 sessions, a sixteenth of what a scrape takes.
 */
final class FileMeters {

    /** Its size is how many there are, from Linux 6.2 on; before that it is 0. */
    private static final Path FOLDER = Path.of("/proc/self/fd");

    private FileMeters() {}

    static void bindTo(MeterRegistry meters) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            Gauge.builder("process.files.open", system, FileMeters::count).description("Open files, sockets among them")
                    .baseUnit("files").register(meters);
            Gauge.builder("process.files.max", system, UnixOperatingSystemMXBean::getMaxFileDescriptorCount)
                    .description("How many files may be open").baseUnit("files").register(meters);
        }
    }

    private static double count(UnixOperatingSystemMXBean system) {
        try {
            long told = Files.size(FOLDER);
            if (told > 0) {
                return told;
            }
        } catch (IOException _) {
            // No Linux: counted as everywhere.
        }
        return system.getOpenFileDescriptorCount();
    }
}
