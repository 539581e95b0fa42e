package io.tapetum.bench.compare;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;

/**
 * A result on disk: what JMH writes with {@code -rf json}. What is written here is the part of it that is compared, in a
 * fixed order and with the paths of no machine, so that two versions of a baseline differ where the numbers do.
 */
final class ResultFile {

    /** Octets per operation, as JMH's profiler of the collector calls them. */
    private static final String OCTETS = "\"gc.alloc.rate.norm\"";

    private ResultFile() {}

    /**
     * All measurements of a file, by name.
     *
     * @throws ResultException if there is no such file, or if it holds something else
     */
    static SortedMap<String, Measurement> read(Path file) throws ResultException {
        SortedMap<String, Measurement> measurements = new TreeMap<>();
        try {
            // The parser wants an object, and JMH writes a list.
            String text = "{\"results\":" + Files.readString(file) + "}";
            Config root = ConfigFactory.parseString(text,
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setOriginDescription(file.toString()));
            for (Config result : root.getConfigList("results")) {
                Measurement measurement = measurement(result);
                measurements.put(measurement.name(), measurement);
            }
        } catch (NoSuchFileException e) {
            throw new ResultException(file + ": there is no such file");
        } catch (MalformedInputException e) {
            throw new ResultException(file + ": is not text");
        } catch (IOException e) {
            throw new ResultException(file + ": cannot be read: " + e.getMessage());
        } catch (ConfigException e) {
            throw new ResultException(e.getMessage() + "; it must be what benchmarks/run writes with"
                    + " -prof gc -rf json -rff " + file.getFileName());
        }
        if (measurements.isEmpty()) {
            throw new ResultException(file + ": holds no results");
        }
        return measurements;
    }

    private static Measurement measurement(Config result) {
        SortedMap<String, String> parameters = new TreeMap<>();
        if (result.hasPath("params")) {
            result.getObject("params").forEach((name, value) -> parameters.put(name, value.unwrapped().toString()));
        }
        Config time = result.getConfig("primaryMetric");
        if (!"avgt".equals(result.getString("mode"))) {
            throw new ConfigException.BadValue(result.origin(), "mode", "only mean times (avgt) are compared");
        }
        return new Measurement(result.getString("benchmark"), parameters, time.getDouble("score"), error(time),
                time.getString("scoreUnit"), result.getConfig("secondaryMetrics").getDouble(OCTETS + ".score"));
    }

    /** Text if it is no number. */
    private static double error(Config metric) {
        ConfigValue error = metric.getValue("scoreError");
        return error.valueType() == ConfigValueType.NUMBER ? ((Number) error.unwrapped()).doubleValue() : 0;
    }

    /** Writes measurements so that {@link #read} finds them again, rounded to what such numbers are worth. */
    static void write(Path file, SortedMap<String, Measurement> measurements) throws ResultException {
        List<ConfigObject> results = new ArrayList<>();
        for (Measurement measurement : measurements.values()) {
            results.add(ConfigValueFactory.fromMap(Map.of(
                    "benchmark", measurement.benchmark(),
                    "mode", "avgt",
                    "params", measurement.parameters(),
                    "primaryMetric", Map.of("score", rounded(measurement.time()), "scoreError",
                            rounded(measurement.error()), "scoreUnit", measurement.unit()),
                    "secondaryMetrics", Map.of("gc.alloc.rate.norm", Map.of("score", rounded(measurement.octets()),
                            "scoreUnit", "B/op")))));
        }
        String text = ConfigValueFactory.fromIterable(results)
                .render(ConfigRenderOptions.concise().setFormatted(true));
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new ResultException(file + ": cannot be written: " + e.getMessage());
        }
    }

    /** Hundredths, which is finer than any limit. */
    private static double rounded(double score) {
        return Math.round(score * 100) / 100.0;
    }
}
