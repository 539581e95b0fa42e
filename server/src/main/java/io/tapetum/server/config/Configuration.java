package io.tapetum.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;

/**
 * Where settings come from. Files are HOCON (or JSON, if they are named so) with includes and substitutions; what a
 * substitution does not find in the file it looks for in the environment. Some variables of the environment have a
 * meaning of their own, below the file and above the defaults.
 */
public final class Configuration {

    /** The defaults, as a resource. */
    static final String REFERENCE = "reference.conf";

    private static final String ROOT = "tapetum";
    private static final String QUICK_START = "io/tapetum/server/config/quick-start.conf";
    private static final ConfigParseOptions MUST_EXIST = ConfigParseOptions.defaults().setAllowMissing(false);

    private Configuration() {}

    /** The settings in a file, over the defaults; the environment says nothing. */
    public static ServerSettings load(Path file) throws ConfigurationException {
        return load(file, EnvironmentLayer.NONE).settings();
    }

    /** What is in effect with a file over the environment over the defaults. */
    public static EffectiveConfiguration load(Path file, EnvironmentLayer environment) throws ConfigurationException {
        Problems problems = new Problems(file.toString());
        if (!Files.exists(file)) {
            problems.add(null, "there is no such file");
        } else if (Files.isDirectory(file)) {
            problems.add(null, "this is a folder; expected a file");
        } else if (!Files.isReadable(file)) {
            problems.add(null, "this process may not read the file; check its owner and mode");
        }
        refuse(problems);
        return read(() -> ConfigFactory.parseFile(file.toFile(), MUST_EXIST), environment, problems);
    }

    /** What is in effect without a file: what the environment says or, if that is nothing, a quick start. */
    public static EffectiveConfiguration withoutFile(EnvironmentLayer environment) throws ConfigurationException {
        return environment.isEmpty()
                ? quickStart()
                : read(() -> ConfigFactory.parseString(ROOT + " {}"), environment, new Problems("the environment"));
    }

    /** A reflector for clients on this host. */
    private static EffectiveConfiguration quickStart() {
        try {
            return read(
                    () -> ConfigFactory.parseResources(Configuration.class.getClassLoader(), QUICK_START, MUST_EXIST),
                    EnvironmentLayer.NONE, new Problems(QUICK_START));
        } catch (ConfigurationException e) {
            throw new IllegalStateException("the configuration inside the program is broken", e);
        }
    }

    /** Something that has not been parsed yet. */
    private interface Text {
        Config parse();
    }

    private static EffectiveConfiguration read(Text text, EnvironmentLayer environment, Problems problems)
            throws ConfigurationException {
        try {
            Config written = text.parse();
            Config reference = ConfigFactory.parseResources(Configuration.class.getClassLoader(), REFERENCE,
                    MUST_EXIST);
            EnvironmentLayer counted = environment.besideFile(merge(written, environment, reference));
            problems.addAll(counted.problems().values());
            Config resolved = merge(written, counted, reference);
            checkTop(written, problems);
            if (resolved.root().get(ROOT) instanceof ConfigObject object) {
                // The defaults once more below: where a wrong value hides them, reading still goes on to the end.
                Section defaults = Section.of(ROOT, reference.getObject(ROOT), problems);
                ServerSettings settings = ServerReader.read(Section.of(ROOT, object, problems).over(defaults),
                        problems);
                refuse(problems);
                return new EffectiveConfiguration(settings, EffectiveConfiguration.values(object, reference));
            }
            problems.add(null, ROOT + ": expected a block " + ROOT + " { … }");
        } catch (ConfigException e) {
            problems.add(e.origin(), sentence(e));
        }
        throw new ConfigurationException(problems.list());
    }

    private static Config merge(Config written, EnvironmentLayer environment, Config reference) {
        return written.withFallback(environment.values()).withFallback(reference).resolve();
    }

    private static void refuse(Problems problems) throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.list());
        }
    }

    /** Beside the block of ours an operator may have definitions for substitutions, under any name that is not ours. */
    private static void checkTop(Config written, Problems problems) {
        boolean hasRoot = written.root().containsKey(ROOT);
        for (Map.Entry<String, ConfigValue> entry : written.root().entrySet()) {
            String key = entry.getKey();
            if (Schema.ROOT.contains(key)) {
                problems.add(entry.getValue().origin(), key + ": expected inside of " + ROOT + " { … }");
            } else if (!hasRoot && Schema.similar(key, Set.of(ROOT)) != null) {
                problems.add(entry.getValue().origin(), key + ": unknown block; did you mean " + ROOT + "?");
            }
        }
        if (!hasRoot && problems.isEmpty()) {
            problems.add(null, "expected a block " + ROOT + " { … }");
        }
    }

    /**
     * The first line, without the place that the library puts in front of it. The library may quote what it could not
     * parse, which nobody may see of a secret.
     */
    private static String sentence(ConfigException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String place = e.origin() == null ? "" : e.origin().description() + ": ";
        String rest = message.startsWith(place) ? message.substring(place.length()) : message;
        return switch (e) {
            case ConfigException.Parse _ when Secrets.areNear(e.origin()) -> "cannot be parsed here, or above in a"
                    + " password or token, which is why it is not shown; put its value into double quotes";
            case ConfigException.Parse _ -> rest;
            // The file itself was there, so it is one that an include requires; the library last looks for those among
            // its resources, and complains about that.
            case ConfigException.IO _ when rest.contains("not found") ->
                "there is no such file, but an include requires it";
            default -> "cannot be read: " + rest;
        };
    }
}
