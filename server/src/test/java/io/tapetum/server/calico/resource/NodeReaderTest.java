package io.tapetum.server.calico.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeReaderTest {

    private static final CalicoNode NOTHING = new CalicoNode("n", Map.of(), null, null, null, null);

    private static final Inet4Address IPV4 = Inet4Address.ofLiteral("10.0.0.2");
    private static final Inet6Address IPV6 = (Inet6Address) Inet6Address.ofLiteral("fd00::2");

    private static CalicoResource read(String object) throws JsonProcessingException {
        return ResourceReader.read(ResourceKind.NODE, "n", new ObjectMapper().readTree(object));
    }

    private static CalicoNode annotated(String... annotations) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < annotations.length; i += 2) {
            map.put("projectcalico.org/" + annotations[i], annotations[i + 1]);
        }
        return NodeReader.kubernetesNode("n", Map.of(), map);
    }

    @Test
    void a_node_of_calico_has_everything_in_its_spec() throws JsonProcessingException {
        assertThat(read("""
                        {"metadata": {"name": "n", "labels": {"rack": "r1", "n": 1, "no": null, "list": []}},
                         "spec": {"bgp": {"ipv4Address": "10.0.0.2/24", "ipv6Address": "fd00::2/64", "asNumber": "1.1",
                                          "routeReflectorClusterID": "10.0.0.1", "ipv4IPIPTunnelAddr": "x"},
                                  "orchRefs": [{}]}}""")).isEqualTo(
                new CalicoNode("n", Map.of("rack", "r1", "n", "1"), IPV4, IPV6, 65537L, 0x0A000001));
        assertThat(read("{\"spec\": {\"bgp\": {\"ipv4Address\": \"10.0.0.2\", \"asNumber\": 64512}}}")).isEqualTo(
                new CalicoNode("n", Map.of(), IPV4, null, 64512L, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"spec\": {}}", "{\"spec\": null, \"metadata\": null}",
            "{\"spec\": {\"bgp\": null}}",
            "{\"spec\": \"x\", \"metadata\": {\"labels\": \"x\"}}", "{\"spec\": {\"bgp\": [1]}}"})
    void a_node_without_bgp_is_a_node_all_the_same(String object) throws JsonProcessingException {
        assertThat(read(object)).isEqualTo(NOTHING);
    }

    @Test
    void what_is_no_object_is_no_node() throws JsonProcessingException {
        assertThat(read("[]")).isEqualTo(new UnusableResource(ResourceKind.NODE, "n", "it is not a JSON object"));
    }

    @Test
    void a_kubernetes_node_has_everything_in_its_annotations() {
        assertThat(annotated("IPv4Address", "10.0.0.2/24", "IPv6Address", "fd00::2/64", "ASNumber", "64512",
                "RouteReflectorClusterID", "10.0.0.1", "IPv4IPIPTunnelAddr", "192.0.2.1"))
                .isEqualTo(new CalicoNode("n", Map.of(), IPV4, IPV6, 64512L, 0x0A000001));
        assertThat(NodeReader.kubernetesNode("n", Map.of(), Map.of())).isEqualTo(NOTHING);
    }

    @Test
    void labels_of_kubernetes_win_over_those_in_the_annotation() {
        assertThat(NodeReader.kubernetesNode("n", Map.of("both", "kubernetes", "theirs", "1"),
                Map.of("projectcalico.org/labels", "{\"both\": \"calico\", \"ours\": \"2\", \"odd\": {}}")).labels())
                .isEqualTo(Map.of("both", "kubernetes", "theirs", "1", "ours", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "x", "\"x\"", "null"})
    void labels_in_an_annotation_that_is_no_json_object_are_ignored(String annotation) {
        assertThat(NodeReader.kubernetesNode("n", Map.of("a", "b"), Map.of("projectcalico.org/labels", annotation)))
                .isEqualTo(new CalicoNode("n", Map.of("a", "b"), null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"IPv4Address, fd00::2/64", "IPv4Address, 10.0.0.2/33", "IPv4Address, 10.0.0.2/", "IPv4Address, node-1",
            "IPv4Address, 0.0.0.0/0", "IPv4Address, 10.0.0/24", "IPv4Address, ''", "IPv6Address, 10.0.0.2/24",
            "IPv6Address, fd00::2/129", "IPv6Address, ::ffff:10.0.0.2/96", "IPv6Address, fe80::1%eth0/64",
            "ASNumber, 0", "ASNumber, x", "ASNumber, 4294967296", "RouteReflectorClusterID, 1",
            "RouteReflectorClusterID, fd00::1", "RouteReflectorClusterID, 10.0.0.256", "RouteReflectorClusterID, ''"})
    void a_value_that_is_invalid_counts_as_absent_and_the_others_stand(String annotation, String value) {
        assertThat(annotated(annotation, value)).isEqualTo(NOTHING);

        CalicoNode node = annotated("IPv4Address", "10.0.0.2/24", "IPv6Address", "fd00::2/64", "ASNumber", "64512",
                "RouteReflectorClusterID", "10.0.0.1", annotation, value);
        assertThat(Stream.of(node.ipv4(), node.ipv6(), node.as(), node.clusterId())
                .filter(Objects::nonNull)).hasSize(3);
    }
}
