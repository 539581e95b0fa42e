package io.tapetum.server.calico.kubernetes;

import static io.tapetum.server.calico.kubernetes.FollowingSuite.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.server.calico.secret.SecretListener;
import io.tapetum.server.calico.secret.SecretName;
import io.tapetum.server.calico.secret.SecretValue;
import io.tapetum.server.keys.TcpKey;

/** That the values of Secrets leave no octets behind on their way. */
class SecretLocationTest {

    private static final String SECRETS = "/api/v1/namespaces/ns/secrets";
    private static final SecretName ONE = new SecretName("ns", "one");

    private final Recorded told = new Recorded();
    private FakeCluster cluster;
    private ApiServer server;
    private List<JsonNode> answers;
    private Thread follower;

    @BeforeEach
    void follow() throws IOException {
        cluster = new FakeCluster(CalicoApi.CRD_V1);
        server = new ApiServer(cluster.access(), Timing.NORMAL.answer());
        answers = new CopyOnWriteArrayList<>();
        put("swordfish");
        follower = Thread.ofVirtual().start(new Follower<>(new Watched(new SecretLocation(ONE), answers), server,
                new ToldSecret(ONE.name(), told), Timing.NORMAL));
    }

    @AfterEach
    void end() throws InterruptedException {
        follower.interrupt();
        follower.join();
        server.close();
        cluster.close();
    }

    private void put(String password) {
        ObjectNode secret = new ObjectMapper().createObjectNode().put("kind", "Secret");
        secret.withObject("/data").put("bgp",
                Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
        cluster.server.objects.put(SECRETS, ONE.name(), secret);
    }

    @Test
    void answers_are_overwritten_when_they_were_read_also_that_of_a_secret_that_goes() {
        until(() -> !cluster.server.watches(SECRETS).isEmpty());
        put("marlin");
        until(() -> told.found.size() == 2);
        cluster.server.objects.delete(SECRETS, ONE.name());
        until(() -> !told.missing.isEmpty());

        assertThat(answers).hasSize(3).allSatisfy(
                answer -> assertThat(values(answer)).singleElement().satisfies(octets -> assertThat(octets)
                        .hasSizeGreaterThan(5).containsOnly(0)));
        assertThat(told.found).as("keys of their own").extracting(values -> values.get("bgp"))
                .containsExactly(value("swordfish"), value("marlin"));
    }

    @Test
    void a_secret_that_was_not_asked_for_is_overwritten() {
        SecretContent other = new SecretContent("two", Map.of("bgp", value("swordfish")));
        SecretContent another = new SecretContent("three", Map.of("bgp", value("swordfish")));
        SecretContent ours = new SecretContent("one", Map.of("bgp", value("swordfish")));
        ToldSecret listener = new ToldSecret("one", new Recorded());

        listener.replaced(List.of(other, ours));
        listener.changed(another);

        SecretValue wiped = new SecretValue.Usable(TcpKey.of(new byte["swordfish".length()]));
        assertThat(other.values()).containsEntry("bgp", wiped);
        assertThat(another.values()).containsEntry("bgp", wiped);
        assertThat(ours.values()).containsEntry("bgp", value("swordfish"));
    }

    private static SecretValue value(String password) {
        return SecretValue.of(password.getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> values(JsonNode answer) {
        List<byte[]> values = new ArrayList<>();
        answer.findValues("data").forEach(data -> data.forEach(value -> {
            try {
                values.add(value.binaryValue());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }));
        return values;
    }

    /** The location of a Secret, whose answers can be looked at afterwards. */
    private record Watched(SecretLocation location, List<JsonNode> answers) implements Location<SecretContent> {

        @Override
        public JsonNode json(byte[] octets) throws IOException {
            JsonNode answer = location.json(octets);
            // Bookmarks come when they like, and have no values.
            if (!values(answer).isEmpty()) {
                answers.add(answer);
            }
            return answer;
        }

        @Override
        public SecretContent read(JsonNode object) throws IOException {
            return location.read(object);
        }

        @Override
        public void discard(JsonNode answer) {
            location.discard(answer);
        }

        @Override
        public String what() {
            return location.what();
        }

        @Override
        public String path() {
            return location.path();
        }

        @Override
        public void doubt() {
            location.doubt();
        }

        @Override
        public boolean mayBeAbsent() {
            return location.mayBeAbsent();
        }

        @Override
        public String selection() {
            return location.selection();
        }

        @Override
        public String listType() {
            return location.listType();
        }

        @Override
        public String objectType() {
            return location.objectType();
        }

        @Override
        public String permission() {
            return location.permission();
        }
    }

    private static final class Recorded implements SecretListener {

        final List<Map<String, SecretValue>> found = new CopyOnWriteArrayList<>();
        final List<String> missing = new CopyOnWriteArrayList<>();

        @Override
        public void found(Map<String, SecretValue> values) {
            found.add(values);
        }

        @Override
        public void missing() {
            missing.add("missing");
        }

        @Override
        public void lost(String reason, boolean refused) {}

        @Override
        public void regained() {}
    }
}
