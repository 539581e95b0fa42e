package io.tapetum.load.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One workload against one freshly started reflector.
 *
 * @param workload with its parameters, as on the command line
 * @param daemon name of the reflector
 * @param repetition from 1
 * @param samples of all stretches that were finished
 * @param failure why it ended early, as a sentence; {@code null} if it did not
 */
public record Run(String workload, String daemon, int repetition, List<Sample> samples, @Nullable String failure) {

    public Run {
        samples = List.copyOf(samples);
    }
}
