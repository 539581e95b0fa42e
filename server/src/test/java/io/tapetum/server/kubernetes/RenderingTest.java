package io.tapetum.server.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chart and overlays are rendered by Helm and kustomize themselves, and come to the same. */
class RenderingTest {

    static final List<String> TOPOLOGIES = Shipped.TOPOLOGIES;

    static Stream<String> overlays() {
        return Stream.concat(Stream.of("base"), TOPOLOGIES.stream().map(name -> "overlays/" + name));
    }

    @Test
    void helm_has_nothing_to_say_against_the_chart() {
        var result = new Helm(Shipped.CHART).lint().strict().call();

        assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.matches("(?s).*\\[(WARNING|ERROR)].*"));
    }

    /** With {@code -Dtapetum.docs.write=true} what kustomize makes now is what is expected from then on. */
    @ParameterizedTest
    @MethodSource("overlays")
    void kustomize_makes_of_an_overlay_what_is_expected(String overlay) throws Exception {
        Optional<String> rendered = Shipped.kustomized(overlay);
        assumeTrue(rendered.isPresent(), "needs a kubectl with kustomize 5 in the PATH");
        String name = overlay.substring(overlay.indexOf('/') + 1);
        if (Boolean.getBoolean("tapetum.docs.write")) {
            Shipped.expect(name, rendered.get());
        }

        assertThat(Manifest.meanings(Shipped.manifests(rendered.get()).stream()))
                .as("run this test with -Dtapetum.docs.write=true if the change is meant")
                .isEqualTo(Manifest.meanings(Shipped.expected(name).stream()));
    }

    @Test
    void the_chart_makes_of_its_own_values_what_kustomize_makes_of_the_base() {
        assertThat(Manifest.meanings(Shipped.chart().stream()))
                .isEqualTo(Manifest.meanings(Shipped.expected("base").stream()));
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void the_chart_makes_of_an_example_what_the_overlay_and_the_bgp_peers_say(String topology) {
        Stream<Manifest> overlay = Stream.concat(Shipped.expected(topology).stream(),
                Shipped.file("bgppeers/" + Shipped.BGP_PEERS.get(topology) + ".yaml").stream());

        assertThat(Manifest.meanings(Shipped.chart(topology).stream())).isEqualTo(Manifest.meanings(overlay));
    }

    @Test
    void the_chart_makes_the_pairs_of_racks_and_their_mesh() {
        List<Manifest> racks = Shipped.chart("racks");

        assertThat(Manifest.meanings(racks.stream().filter(manifest -> manifest.kind().equals("BGPPeer"))))
                .isEqualTo(Manifest.meanings(Shipped.file("bgppeers/racks.yaml").stream()));
        assertThat(Manifest.only(racks, "Deployment").at("/spec/template/spec/containers/0/env/1/value").asText())
                .isEqualTo("10.0.0.2,10.0.0.3,10.0.1.2,10.0.1.3");
    }

    @Test
    void another_configuration_is_rolled_out() {
        String annotation = "/spec/template/metadata/annotations/tapetum.io~1configuration";
        String before = Manifest.only(Shipped.chart(), "Deployment").at(annotation).asText();
        String after = Manifest.only(Shipped.manifests(Shipped.template().set("config", "tapetum.as = 64513").call()),
                "Deployment").at(annotation).asText();

        assertThat(before).hasSize(64).isNotEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            replica | 3 | replica
                                            port | 70000 | port
                                            mesh | true | mesh = true needs the addresses of all reflectors
                                            image.pullPolicy | Sometimes | pullPolicy
                                            reflectors[0].name | a | address
                                            clusterId | here | clusterId
                                            """)
    void a_value_that_cannot_be_meant_is_refused_and_named(String name, String value, String expected) {
        assertThatThrownBy(() -> Shipped.template().set(name, value).call()).hasMessageContaining(expected);
    }

    @Test
    void a_password_that_the_reflector_could_not_read_is_refused() {
        assertThatThrownBy(() -> Shipped.template().withValuesFile(Shipped.example("with-passwords"))
                .set("passwords.enabled", "false").call()).hasMessageContaining("passwords.enabled has to be true");
    }
}
