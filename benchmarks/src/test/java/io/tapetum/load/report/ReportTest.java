package io.tapetum.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void has_the_environment_and_every_figure_of_every_run() {
        Sample sample = new Sample("round 1", List.of(Figure.compared("wall s", 0.125, 3),
                Figure.plain("peak MiB", Double.NaN, 0), Figure.count("routes received", 42)), true);

        String json = Report.json(Map.of("cores", 2),
                List.of(new Run("calico", "bird2", 1, List.of(sample), null),
                        new Run("calico", "bird2", 2, List.of(), "it said \"no\"\n")));

        assertThat(json).isEqualTo("""
                                   {
                                     "environment": {
                                       "cores": 2
                                     },
                                     "runs": [
                                       {
                                         "workload": "calico",
                                         "daemon": "bird2",
                                         "repetition": 1,
                                         "samples": [
                                           {
                                             "label": "round 1",
                                             "disturbed": true,
                                             "wall_s": 0.125,
                                             "peak_MiB": null,
                                             "routes_received": 42
                                           }
                                         ]
                                       },
                                       {
                                         "workload": "calico",
                                         "daemon": "bird2",
                                         "repetition": 2,
                                         "failure": "it said \\"no\\"\\u000a",
                                         "samples": []
                                       }
                                     ]
                                   }
                                   """);
    }

    @Test
    void refuses_what_json_has_no_word_for() {
        assertThatThrownBy(() -> Json.write(Map.of("key", new Object()))).hasMessageContaining("java.lang.Object");
    }
}
