package io.tapetum.server.kubernetes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;

/** The files below {@code config/kubernetes}, and what is made of them. */
final class Shipped {

    /** The overlays, and the examples of values for the chart that come to the same. */
    static final List<String> TOPOLOGIES = List.of("two-reflectors", "three-reflectors-zones", "with-passwords",
            "with-monitoring");

    /** The BGPPeers that each of them goes with. */
    static final Map<String, String> BGP_PEERS = Map.of("two-reflectors", "two-reflectors", "three-reflectors-zones",
            "three-reflectors", "with-passwords", "with-passwords", "with-monitoring", "two-reflectors");

    static final Path FOLDER = checkout().resolve("config").resolve("kubernetes");
    static final Path CHART = FOLDER.resolve("helm").resolve("tapetum");

    private static final Path EXPECTED = Path.of("src/test/resources/io/tapetum/server/kubernetes");
    private static final Pattern DOCUMENT = Pattern.compile("(?m)^---.*$");

    private Shipped() {}

    /** Tests run in the folder of their module. */
    private static Path checkout() {
        return Path.of("").toAbsolutePath().resolveSibling("");
    }

    /** The objects in a file of the folder. */
    static List<Manifest> file(String name) {
        return manifests(text(FOLDER.resolve(name)));
    }

    /** What an overlay, or {@code base}, was last seen to come to. */
    static List<Manifest> expected(String name) {
        return manifests(text(EXPECTED.resolve(name + ".yaml")));
    }

    /** What the chart comes to with an example of values. */
    static List<Manifest> chart(String example) {
        return manifests(template().withValuesFile(example(example)).call());
    }

    /** What the chart comes to with nothing but its own values. */
    static List<Manifest> chart() {
        return manifests(template().call());
    }

    static Path example(String name) {
        return CHART.resolve("examples").resolve(name + ".yaml");
    }

    /** The chart, for a cluster that is not older than it wants. */
    static TemplateCommand template() {
        return new Helm(CHART).template().withName("tapetum").withNamespace("kube-system").withKubeVersion("1.30.0");
    }

    /** What {@code kubectl kustomize} makes of a folder, or nothing where there is no kubectl that knows components. */
    static Optional<String> kustomized(String folder) throws IOException, InterruptedException {
        Optional<Path> kubectl = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(path -> Path.of(path, "kubectl")).filter(Files::isExecutable).findFirst();
        if (kubectl.isEmpty() || !output(kubectl.get(), "version", "--client").contains("Kustomize Version: v5")) {
            return Optional.empty();
        }
        return Optional.of(output(kubectl.get(), "kustomize", FOLDER.resolve(folder).toString()));
    }

    private static String output(Path kubectl, String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("kubectl", ".err");
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of(kubectl.toString()), Arrays.stream(arguments))
                    .toList()).redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !Files.readString(errors).isEmpty()) {
                throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + Files.readString(errors));
            }
            return output;
        } finally {
            Files.delete(errors);
        }
    }

    /** Keeps what an overlay comes to, for {@link #expected}. */
    static void expect(String name, String rendered) throws IOException {
        Files.createDirectories(EXPECTED);
        Files.writeString(EXPECTED.resolve(name + ".yaml"), rendered);
    }

    static List<Manifest> manifests(String yaml) {
        return DOCUMENT.splitAsStream(yaml).map(Manifest::parse).flatMap(Optional::stream).toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
