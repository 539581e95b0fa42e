package io.tapetum.load.measure;

/**
 * What a stretch of a run cost.
 *
 * @param daemonCpuSeconds user and system time of the reflector's processes; NaN if they are not known
 * @param residentMib of the reflector at the end; NaN if not known
 * @param peakMib the most since the reflector was started; NaN if not known
 * @param generatorCpuSeconds of the load generator
 * @param generatorBusy share of the time for which the load generator's event loop had a processor: near 1 it was the limit
 * @param otherCpuSeconds of everybody else on the machine
 * @param disturbed whether that was too much for the figures to be worth something
 */
public record Usage(double daemonCpuSeconds, double residentMib, double peakMib, double generatorCpuSeconds,
        double generatorBusy, double otherCpuSeconds, boolean disturbed) {}
