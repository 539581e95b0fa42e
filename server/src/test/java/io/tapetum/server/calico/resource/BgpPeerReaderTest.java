package io.tapetum.server.calico.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BgpPeerReaderTest {

    private static final BgpPeer PLAIN = peer(InetAddress.ofLiteral("10.0.0.2"), null, null);

    private static BgpPeer peer(@Nullable InetAddress peerIp, @Nullable Integer port, @Nullable Long as) {
        return new BgpPeer("p", "", "", peerIp, port, as, "", null, null, null, null, true, false);
    }

    private static CalicoResource read(String spec) throws JsonProcessingException {
        return ResourceReader.read(ResourceKind.BGP_PEER, "p",
                new ObjectMapper().readTree("{\"metadata\": {\"name\": \"p\"}, \"spec\": " + spec + "}"));
    }

    private static CalicoResource readWith(String field) throws JsonProcessingException {
        return read("{\"peerIP\": \"10.0.0.2\", " + field + "}");
    }

    private static CalicoResource unusable(String reason) {
        return new UnusableResource(ResourceKind.BGP_PEER, "p", reason);
    }

    @Test
    void every_field_is_read() throws JsonProcessingException {
        assertThat(
                read("""
                     {"nodeSelector": "has(a)", "peerIP": "[fd00::2]:1790", "asNumber": 64513, "localASNumber": 64514,
                      "maxRestartTime": "2m", "ttlSecurity": 3, "reversePeering": "Manual",
                      "password": {"secretKeyRef": {"name": "bgp", "key": "p"}}}""")).isEqualTo(
                        new BgpPeer("p", "", "has(a)", InetAddress.ofLiteral("fd00::2"), 1790, 64513L, "", 64514L, 120,
                                3, new SecretKeyRef.Named("bgp", "p"), false, false));
        assertThat(read("{\"node\": \"n\", \"peerSelector\": \"all()\"}")).isEqualTo(
                new BgpPeer("p", "n", "", null, null, null, "all()", null, null, null, null, true, false));
        assertThat(read("{\"localWorkloadSelector\": \"all()\", \"asNumber\": 1}")).isEqualTo(
                new BgpPeer("p", "", "", null, null, 1L, "", null, null, null, null, true, true));
    }

    @Test
    void empty_and_null_mean_absent_and_unknown_fields_do_not_matter() throws JsonProcessingException {
        assertThat(
                readWith("""
                         "node": "", "nodeSelector": null, "asNumber": 0, "localASNumber": "", "maxRestartTime": null,
                         "ttlSecurity": 0, "password": null, "reversePeering": "Auto", "peerSelector": " ",
                         "failureDetectionMode": {"x": [1]}, "filters": ["f"]""")).isEqualTo(PLAIN);
        assertThat(readWith("\"password\": {\"secretKeyRef\": null}, \"reversePeering\": \"Later\"")).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 10.0.0.2, 0", "10.0.0.2:1790, 10.0.0.2, 1790", "fd00::2, fd00::2, 0",
            "[fd00::2], fd00::2, 0", "[fd00::2]:65535, fd00::2, 65535", "::ffff:10.0.0.2, 10.0.0.2, 0",
            "FD00:0:0::2, fd00::2, 0"})
    void a_peer_ip_may_have_a_port(String text, String address, int port) throws JsonProcessingException {
        assertThat(read("{\"peerIP\": \"" + text + "\"}"))
                .isEqualTo(peer(InetAddress.ofLiteral(address), port == 0 ? null : port, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0", "10.1", "10.0.0.256", "010.0.0.1", "10.0.0.2/24", "10.0.0.2:",
            "10.0.0.2:0", "10.0.0.2:65536", "10.0.0.2:x", "[10.0.0.2]:179", "[fd00::2", "[fd00::2]:", "[fd00::2]:0",
            "[fd00::2]179", "fe80::1%eth0", "[fe80::1%lo]:179", "fe80::1%1", "0.0.0.0", "::", "224.0.0.1", "ff02::1",
            ":::", "10.0.0.2 10.0.0.3"})
    void any_other_peer_ip_is_refused(String text) throws JsonProcessingException {
        assertThat(read("{\"peerIP\": \"" + text + "\"}")).isEqualTo(unusable("spec.peerIP is \"" + text
                + "\", expected the address of a host, such as 10.0.0.2, 10.0.0.2:1790, fd00::2 or [fd00::2]:1790,"
                + " without a zone"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "\"64512\", 64512", "4294967295, 4294967295", "\"1.10\", 65546", "\"0.1\", 1",
            "\" 64512 \", 64512", "\"65535.65535\", 4294967295"})
    void an_as_number_is_a_number_or_a_text_with_or_without_a_dot(String json, long as) throws JsonProcessingException {
        assertThat(readWith("\"asNumber\": " + json)).isEqualTo(peer(InetAddress.ofLiteral("10.0.0.2"), null, as));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4294967296", "1.10", "1e3", "\"AS1\"", "\"65536.0\"", "\"1.2.3\"", "23456",
            "99999999999999999999999999", "true", "{}", "[1]"})
    void an_as_number_out_of_range_makes_the_peer_unusable(String json) throws JsonProcessingException {
        assertThat(readWith("\"asNumber\": " + json)).isInstanceOfSatisfying(UnusableResource.class,
                unusable -> assertThat(unusable.reason()).startsWith("spec.asNumber is \"").endsWith(
                        "\", expected an AS number from 1 to 4294967295, as 64512 or as \"1.10\", but not 23456 (AS_TRANS)"));
        assertThat(readWith("\"localASNumber\": " + json)).isInstanceOf(UnusableResource.class);
    }

    @ParameterizedTest
    @CsvSource({"120s, 120", "2m, 120", "1h2m3s, 3723", "1m0.5s, 61", "1m0.4s, 60", "1500ms, 2", "0, 0", "0s, 0",
            "1000000000ns, 1", "1.5m, 90", ".5h, 1800", "1.h, 3600", "5000000us, 5", "5000000µs, 5", "+3s, 3"})
    void a_restart_time_is_a_duration_of_go(String text, int seconds) throws JsonProcessingException {
        assertThat(readWith("\"maxRestartTime\": \"" + text + "\"")).isInstanceOfSatisfying(BgpPeer.class,
                peer -> assertThat(peer.maxRestartSeconds()).isEqualTo(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "-1s", "1 m", "s", "1d", "1s2", "4096s", "2h", "1..5s", ".s",
            "99999999999999999999h"})
    void any_other_restart_time_is_refused(String text) throws JsonProcessingException {
        assertThat(readWith("\"maxRestartTime\": \"" + text + "\"")).isEqualTo(unusable("spec.maxRestartTime is \""
                + text + "\", expected a duration such as 120s or 2m, of 4095 seconds at most"));
    }

    @Test
    void what_contradicts_itself_or_has_the_wrong_type_is_refused() throws JsonProcessingException {
        assertThat(readWith("\"node\": \"n\", \"nodeSelector\": \"all()\"")).isEqualTo(unusable(
                "spec.nodeSelector is \"all()\", expected nothing beside spec.node, for only one of them can be meant"));
        assertThat(readWith("\"peerSelector\": \"all()\"")).isEqualTo(unusable(
                "spec.peerSelector is \"all()\", expected nothing beside spec.peerIP, for only one of them can be meant"));
        assertThat(read("{\"node\": \"n\"}"))
                .isEqualTo(unusable("neither spec.peerIP nor spec.peerSelector says who the peer is"));
        assertThat(readWith("\"ttlSecurity\": 256"))
                .isEqualTo(unusable("spec.ttlSecurity is \"256\", expected a hop count from 1 to 255"));
        assertThat(readWith("\"node\": [\"n\"]"))
                .isEqualTo(unusable("spec.node is \"[\"n\"]\", expected a text"));
        assertThat(read("[]")).isEqualTo(unusable("spec is \"[]\", expected an object"));
        assertThat(ResourceReader.read(ResourceKind.BGP_PEER, "p", new ObjectMapper().readTree("[]")))
                .isEqualTo(unusable("it is not a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"geheim\"", "{\"secretKeyRef\": \"geheim\"}", "{\"secretKeyRef\": {}}",
            "{\"secretKeyRef\": {\"name\": \"n\"}}", "{\"secretKeyRef\": {\"key\": \"k\"}}",
            "{\"secretKeyRef\": {\"name\": \"n/geheim\", \"key\": \"k\"}}",
            "{\"secretKeyRef\": {\"name\": \"n\", \"key\": \"geheim!\"}}",
            "{\"secretKeyRef\": {\"name\": [\"geheim\"], \"key\": \"k\"}}", "[\"geheim\"]"})
    void a_password_that_names_no_secret_is_one_all_the_same_and_not_shown(String json)
            throws JsonProcessingException {
        assertThat(readWith("\"password\": " + json))
                .isEqualTo(new BgpPeer("p", "", "", InetAddress.ofLiteral("10.0.0.2"), null, null, "", null, null, null,
                        new SecretKeyRef.Malformed("spec.password does not say where the password is, expected"
                                + " secretKeyRef with the name of a Secret and the key of a value in it"),
                        true, false));
    }

    @Test
    void a_long_value_is_not_shown_in_full() throws JsonProcessingException {
        assertThat(read("{\"peerIP\": \"" + "x".repeat(1000) + "\"}")).isInstanceOfSatisfying(UnusableResource.class,
                unusable -> assertThat(unusable.reason()).startsWith("spec.peerIP is \"xxx")
                        .contains("xxx...\", expected").hasSizeLessThan(250));
    }
}
