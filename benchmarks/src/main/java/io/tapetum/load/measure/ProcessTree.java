package io.tapetum.load.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A process and its descendants, as /proc shows them (proc(5)). Processor times have a resolution of 10 ms. Memory of
 * several processes is added up: what they share counts more than once.
 *
 * @param pid of the first
 */
public record ProcessTree(long pid) {

    /** USER_HZ, which is 100 on every architecture that Java 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;
    /** Fields after the command's name, which is in parentheses and may contain anything. */
    private static final int UTIME = 11;
    private static final int STIME = 12;

    /** User and system time so far, in seconds. */
    public double cpuSeconds() {
        return pids().map(ProcessTree::ticks).sum() / TICKS_PER_SECOND;
    }

    /** Resident memory, in KiB. */
    public long residentKib() {
        return status("VmRSS:");
    }

    /** The most resident memory there ever was, in KiB. */
    public long peakKib() {
        return status("VmHWM:");
    }

    /** Processor time of the whole machine so far that was not idle, in seconds. */
    public static double machineCpuSeconds() {
        String[] fields = lines(Path.of("/proc/stat")).getFirst().trim().split(" +");
        long ticks = 0;
        // user nice system idle iowait irq softirq steal; guests are contained in user.
        for (int field : new int[]{1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Resident memory of which pages that n processes share count as an n-th, in KiB; 0 if it may not be read. */
    public long proportionalKib() {
        return pids().map(one -> lines(Path.of("/proc/" + one + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum()).sum();
    }

    /** How many threads there are. */
    public long threads() {
        return status("Threads:");
    }

    /** How many processes there are. */
    public long processes() {
        return pids().count();
    }

    private long status(String name) {
        return pids().map(
                one -> lines(Path.of("/proc/" + one + "/status")).stream().filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).sum())
                .sum();
    }

    private LongStream pids() {
        LongStream descendants = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid);
        return LongStream.concat(LongStream.of(pid), descendants);
    }

    private static long ticks(long pid) {
        List<String> stat = lines(Path.of("/proc/" + pid + "/stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String line = stat.getFirst();
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
    }

    /** Nothing for a process that is gone. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            if (file.startsWith("/proc") && e.getMessage() != null && e.getMessage().contains("No such process")) {
                return List.of();
            }
            throw new UncheckedIOException(e);
        }
    }
}
