package io.tapetum.load.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every single run and the environment it ran in, as JSON. */
public final class Report {

    private Report() {}

    /**
     * The JSON text.
     *
     * @param environment names and values
     */
    public static String json(Map<String, Object> environment, List<Run> runs) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment);
        all.put("runs", runs.stream().map(Report::run).toList());
        return Json.write(all) + "\n";
    }

    private static Map<String, Object> run(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workload", run.workload());
        fields.put("daemon", run.daemon());
        fields.put("repetition", run.repetition());
        if (run.failure() != null) {
            fields.put("failure", run.failure());
        }
        fields.put("samples", run.samples().stream().map(Report::sample).toList());
        return fields;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!sample.label().isEmpty()) {
            fields.put("label", sample.label());
        }
        fields.put("disturbed", sample.disturbed());
        sample.figures().forEach(figure -> fields.put(figure.name().replace(' ', '_'), figure.value()));
        return fields;
    }
}
