package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.DatastoreSettings;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.config.KeysSettings;
import io.tapetum.server.config.Problem;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.keys.FileModes;
import io.tapetum.server.keys.KeyPlaces;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeystoreFile;
import io.tapetum.server.keys.WatchedKeyring;

/** The keys that a configuration uses. */
final class ConfiguredKeys {

    private ConfiguredKeys() {}

    /**
     * All of them.
     *
     * @throws ConfigurationException if any of them is not there; its session could never come up
     */
    static WatchedKeyring open(EffectiveConfiguration configuration, Map<String, String> variables)
            throws ConfigurationException {
        KeysSettings settings = configuration.settings().keys();
        KeystoreFile keystore = settings.store() == null ? null : new KeystoreFile(settings.store());
        WatchedKeyring ring = WatchedKeyring.of(references(configuration.settings()),
                new KeyPlaces(keystore, settings.passphrase(), variables), settings.overlap());
        Map<KeyReference, String> missing = ring.missing();
        if (!missing.isEmpty()) {
            ring.close();
            throw new ConfigurationException(problems(missing, configuration.values()));
        }
        return ring;
    }

    /** What should be better about the files of these keys, in sentences. */
    static List<String> warnings(ServerSettings settings) {
        Set<Path> files = new LinkedHashSet<>();
        references(settings).forEach(reference -> file(reference).ifPresent(files::add));
        KeysSettings keys = settings.keys();
        if (keys.store() != null) {
            files.add(keys.store());
        }
        if (keys.passphrase() != null) {
            file(keys.passphrase()).ifPresent(files::add);
        }
        return files.stream().flatMap(file -> FileModes.warning(file).stream()).toList();
    }

    private static Optional<Path> file(KeyReference reference) {
        return reference instanceof KeyReference.InFile inFile ? Optional.of(inFile.file()) : Optional.empty();
    }

    private static Set<KeyReference> references(ServerSettings settings) {
        DatastoreSettings datastore = settings.datastore();
        Stream<PeerTemplate> templates = Stream.of(
                settings.reflector().peers().stream().map(peer -> peer.template()),
                settings.reflector().ranges().stream().map(range -> range.template()),
                Stream.of(datastore.template()).filter(_ -> datastore.type() != DatastoreSettings.Type.NONE))
                .flatMap(each -> each);
        Set<KeyReference> references = new LinkedHashSet<>();
        templates.forEach(template -> KeyReference.parse(template.protection().key()).ifPresent(references::add));
        return references;
    }

    /** Each where the reference is written, or where the keystore is when that is at fault for many. */
    private static List<Problem> problems(Map<KeyReference, String> missing, List<EffectiveValue> values) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        missing.forEach((reference, why) -> problems.computeIfAbsent(why, _ -> values.stream()
                .filter(names(reference)).findFirst()
                .map(value -> new Problem(value.source(), 0,
                        "tapetum." + value.key() + " = " + value.text() + ": " + why))
                .orElseGet(() -> new Problem("the configuration", 0, reference + ": " + why))));
        return new ArrayList<>(problems.values());
    }

    private static Predicate<EffectiveValue> names(KeyReference reference) {
        return value -> value.key().endsWith("tcp-md5-key") && value.value().unwrapped() instanceof String text
                && KeyReference.parse(text).filter(reference::equals).isPresent();
    }
}
