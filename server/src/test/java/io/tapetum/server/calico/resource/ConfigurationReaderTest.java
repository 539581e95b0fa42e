package io.tapetum.server.calico.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    private static CalicoResource read(ResourceKind kind, String object) throws JsonProcessingException {
        return ResourceReader.read(kind, "default", new ObjectMapper().readTree(object));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', nullValues = "-", value = {
            "{}; -; true; -",
            "{\"spec\": {}}; -; true; -",
            "{\"spec\": null}; -; true; -",
            "{\"spec\": {\"asNumber\": \"1.1\", \"nodeToNodeMeshEnabled\": false, \"listenPort\": 178}}; 65537; false; 178",
            "{\"spec\": {\"asNumber\": 64512, \"nodeToNodeMeshEnabled\": \"False\", \"listenPort\": \"1790\"}}; 64512; false; 1790",
            "{\"spec\": {\"nodeToNodeMeshEnabled\": null, \"listenPort\": 0, \"communities\": [{}]}}; -; true; -"})
    void a_bgp_configuration_has_a_default_for_everything(String object, Long as, boolean mesh, Integer port)
            throws JsonProcessingException {
        assertThat(read(ResourceKind.BGP_CONFIGURATION, object))
                .isEqualTo(new BgpConfiguration("default", as, mesh, port, null));
    }

    @Test
    void the_mesh_may_have_a_password() throws JsonProcessingException {
        assertThat(read(ResourceKind.BGP_CONFIGURATION,
                "{\"spec\": {\"nodeMeshPassword\": {\"secretKeyRef\": {\"name\": \"bgp\", \"key\": \"mesh\"}}}}"))
                .isEqualTo(new BgpConfiguration("default", null, true, null, new SecretKeyRef.Named("bgp", "mesh")));
    }

    @Test
    void a_password_of_the_mesh_that_names_no_secret_spoils_nothing_else() throws JsonProcessingException {
        assertThat(read(ResourceKind.BGP_CONFIGURATION,
                "{\"spec\": {\"asNumber\": 64513, \"nodeMeshPassword\": {\"secretKeyRef\": {\"name\": \"geheim!\"}}}}"))
                .isEqualTo(new BgpConfiguration("default", 64513L, true, null,
                        new SecretKeyRef.Malformed("spec.nodeMeshPassword does not say where the password is, expected"
                                + " secretKeyRef with the name of a Secret and the key of a value in it")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', value = {
            "{\"asNumber\": \"x\"}; spec.asNumber is \"x\", expected an AS number from 1 to 4294967295, as 64512 or as \"1.10\", but not 23456 (AS_TRANS)",
            "{\"listenPort\": 65536}; spec.listenPort is \"65536\", expected a port from 1 to 65535",
            "{\"listenPort\": {}}; spec.listenPort is \"{}\", expected a port from 1 to 65535",
            "{\"listenPort\": 1.5}; spec.listenPort is \"1.5\", expected a port from 1 to 65535",
            "{\"nodeToNodeMeshEnabled\": \"maybe\"}; spec.nodeToNodeMeshEnabled is \"maybe\", expected true or false"})
    void a_bgp_configuration_with_a_wrong_value_is_unusable(String spec, String reason)
            throws JsonProcessingException {
        assertThat(read(ResourceKind.BGP_CONFIGURATION, "{\"spec\": " + spec + "}"))
                .isEqualTo(new UnusableResource(ResourceKind.BGP_CONFIGURATION, "default", reason));
    }

    @Test
    void a_datastore_is_ready_unless_its_cluster_information_says_otherwise() throws JsonProcessingException {
        assertThat(read(ResourceKind.CLUSTER_INFORMATION, "{\"spec\": {\"datastoreReady\": false}}"))
                .isEqualTo(new ClusterInformation("default", false));
        assertThat(read(ResourceKind.CLUSTER_INFORMATION, "{\"spec\": {\"datastoreReady\": true}}"))
                .isEqualTo(new ClusterInformation("default", true));
        assertThat(read(ResourceKind.CLUSTER_INFORMATION, "{\"spec\": {\"clusterGUID\": \"x\"}}"))
                .isEqualTo(new ClusterInformation("default", true));
    }
}
