package io.tapetum.server.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.etcd.v2.EtcdV2Follower;

class EtcdV2IT {

    private static final String PREFIX = "/calico/bgp/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final URI DEAD = URI.create("http://127.0.0.1:23819");

    @TempDir
    private Path folder = Path.of("");

    private final SeenKeys seen = new SeenKeys();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void needEtcd() {
        EtcdServer.need();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : closing.reversed()) {
            each.close();
        }
        http.close();
    }

    @Test
    void aMissingPrefixIsEmptyAndIsFollowedFromThere() throws Exception {
        EtcdServer etcd = etcd("--enable-v2");
        follow(etcd.endpoint());
        eventually(() -> assertThat(seen.reads()).isEqualTo(1));
        assertThat(seen.keys()).isEmpty();

        put(etcd, PREFIX + "/global/as_num", "64512");
        await().atMost(AT_ONCE)
                .untilAsserted(() -> assertThat(seen.keys()).containsEntry(PREFIX + "/global/as_num", "64512"));
        assertThat(seen.losses()).isEmpty();
    }

    @Test
    void aFolderThatIsDeletedTakesItsKeysAlong() throws Exception {
        EtcdServer etcd = etcd("--enable-v2");
        put(etcd, PREFIX + "/host/a/ip_addr_v4", "10.0.0.1");
        put(etcd, PREFIX + "/host/a/as_num", "64512");
        put(etcd, PREFIX + "/host/b/ip_addr_v4", "10.0.0.2");
        follow(DEAD, etcd.endpoint());
        eventually(() -> assertThat(seen.keys()).hasSize(3));
        assertThat(seen.losses()).singleElement().asString().contains("refuses connections");

        delete(etcd, PREFIX + "/host/a?recursive=true");
        eventually(() -> assertThat(seen.keys()).containsOnlyKeys(PREFIX + "/host/b/ip_addr_v4"));
    }

    @Test
    void tellsWhatItMissedAfterACrash() throws Exception {
        EtcdServer etcd = etcd("--enable-v2");
        put(etcd, PREFIX + "/a", "1");
        follow(etcd.endpoint());
        eventually(() -> assertThat(seen.keys()).hasSize(1));

        etcd.kill();
        eventually(() -> assertThat(seen.losses()).isNotEmpty());
        assertThat(seen.keys()).hasSize(1);
        etcd.start();
        put(etcd, PREFIX + "/b", "1");
        delete(etcd, PREFIX + "/a");

        eventually(() -> {
            assertThat(seen.isLost()).isFalse();
            assertThat(seen.keys()).containsOnlyKeys(PREFIX + "/b");
        });
    }

    @Test
    void saysThatTheApiIsSwitchedOff() throws Exception {
        EtcdServer etcd = etcd();
        follow(etcd.endpoint());
        eventually(() -> assertThat(seen.losses()).isNotEmpty());
        assertThat(seen.losses().getFirst()).contains("--enable-v2");
        assertThat(seen.reads()).isZero();
    }

    private EtcdServer etcd(String... options) {
        EtcdServer etcd = new EtcdServer(folder, 23810, "http", options).start();
        closing.add(etcd);
        return etcd;
    }

    private void follow(URI... endpoints) {
        EtcdV2Follower follower = new EtcdV2Follower(
                new EtcdSettings(List.of(endpoints), null, null, null, null, null, null));
        closing.add(follower);
        follower.follow(PREFIX, seen);
    }

    private void put(EtcdServer etcd, String key, String value) throws Exception {
        request(HttpRequest.newBuilder(etcd.endpoint().resolve("/v2/keys" + key))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofString("value=" + value)).build());
    }

    private void delete(EtcdServer etcd, String key) throws Exception {
        request(HttpRequest.newBuilder(etcd.endpoint().resolve("/v2/keys" + key)).DELETE().build());
    }

    /** Until it works: after its start etcd needs a moment to elect itself. */
    private void request(HttpRequest request) {
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(request, BodyHandlers.ofString()).statusCode() / 100 == 2);
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).untilAsserted(assertions);
    }
}
