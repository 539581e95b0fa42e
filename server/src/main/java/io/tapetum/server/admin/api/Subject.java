package io.tapetum.server.admin.api;

import java.util.List;

import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.health.Health;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.reflector.RunningReflector;

/**
 * What all answers are about.
 *
 * @param version of the program
 * @param configuration that is in effect
 * @param drained called when the reflector has been drained and the operator has been told so
 */
public record Subject(RunningReflector reflector, Health health, EventJournal journal, ReflectorMetrics metrics,
        String version, List<EffectiveValue> configuration, Runnable drained) {

    public Subject {
        configuration = List.copyOf(configuration);
    }
}
