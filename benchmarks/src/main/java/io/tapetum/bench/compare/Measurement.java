package io.tapetum.bench.compare;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was measured of one benchmark with one set of parameters.
 *
 * @param benchmark class and method
 * @param parameters empty if the benchmark has none
 * @param time mean time of an operation, in {@code unit}
 * @param error half the width of the interval that JMH gives for the time; 0 if it had too little to give one
 * @param unit of both, such as {@code ns/op}
 * @param octets allocated in an operation
 */
record Measurement(String benchmark, SortedMap<String, String> parameters, double time, double error, String unit,
        double octets) {

    Measurement {
        parameters = new TreeMap<>(parameters);
    }

    /** What has to be the same for two measurements to be compared. */
    String name() {
        return (shortName() + " " + parameterText()).strip();
    }

    /** The benchmark without its package. */
    String shortName() {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    String parameterText() {
        return parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
