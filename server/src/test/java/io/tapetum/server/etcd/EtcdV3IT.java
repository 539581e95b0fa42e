package io.tapetum.server.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.interop.lab.Commands;
import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.config.Secret;
import io.tapetum.server.etcd.v3.EtcdV3Follower;

class EtcdV3IT {

    private static final String PREFIX = "/calico/test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final URI DEAD = URI.create("http://127.0.0.1:23799");

    @TempDir
    private Path folder = Path.of("");

    private final SeenKeys seen = new SeenKeys();
    private final List<AutoCloseable> closing = new ArrayList<>();

    @BeforeEach
    void needEtcd() {
        EtcdServer.need();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : closing.reversed()) {
            each.close();
        }
    }

    @Test
    void readsMoreThanTwoPagesAndFollowsEveryChange() throws Exception {
        EtcdServer etcd = etcd("http");
        Client client = client(etcd);
        for (int i = 0; i < 2100; i++) {
            put(client, PREFIX + "/" + i, "v" + i);
        }
        put(client, PREFIX + "-other/1", "not ours");

        follow(settings(etcd.endpoint()));
        eventually(() -> assertThat(seen.keys()).hasSize(2100).containsEntry(PREFIX + "/2099", "v2099"));

        put(client, PREFIX + "/7", "changed");
        delete(client, PREFIX + "/8");
        await().atMost(AT_ONCE).untilAsserted(() -> assertThat(seen.keys()).hasSize(2099)
                .containsEntry(PREFIX + "/7", "changed").doesNotContainKey(PREFIX + "/8"));
        assertThat(seen.losses()).isEmpty();
        assertThat(seen.reads()).isEqualTo(1);
    }

    @Test
    void tellsWhatItMissedAfterACrashEvenIfThatWasCompacted() throws Exception {
        EtcdServer etcd = etcd("http");
        Client client = client(etcd);
        put(client, PREFIX + "/stays", "1");
        put(client, PREFIX + "/goes", "1");
        follow(settings(etcd.endpoint()));
        eventually(() -> assertThat(seen.keys()).hasSize(2));

        etcd.kill();
        eventually(() -> assertThat(seen.losses()).isNotEmpty());
        eventually(() -> assertThat(seen.losses().getLast()).contains("refuses connections"));
        assertThat(seen.keys()).hasSize(2);

        etcd.start();
        delete(client, PREFIX + "/goes");
        long revision = put(client, PREFIX + "/new", "1");
        client.getKVClient().compact(revision).get();

        eventually(() -> {
            assertThat(seen.isLost()).isFalse();
            assertThat(seen.keys()).containsOnlyKeys(PREFIX + "/stays", PREFIX + "/new");
        });
    }

    @Test
    void goesToTheNextEndpointIfOneIsDead() throws Exception {
        EtcdServer etcd = etcd("http");
        put(client(etcd), PREFIX + "/a", "1");
        follow(settings(DEAD, etcd.endpoint()));
        eventually(() -> assertThat(seen.keys()).hasSize(1));
        assertThat(seen.losses()).singleElement().asString().contains(DEAD.toString(), "refuses connections");
        eventually(() -> assertThat(seen.isLost()).isFalse());
    }

    @Test
    void saysThatAPasswordIsWrongAndReadsWithTheRightOne() throws Exception {
        EtcdServer etcd = etcd("http");
        Client client = client(etcd);
        put(client, PREFIX + "/a", "1");
        client.getAuthClient().userAdd(bytes("root"), bytes("root-secret")).get();
        client.getAuthClient().userGrantRole(bytes("root"), bytes("root")).get();
        client.getAuthClient().userAdd(bytes("reader"), bytes("reader-secret")).get();
        client.getAuthClient().roleAdd(bytes("reading")).get();
        client.getAuthClient().roleGrantPermission(bytes("reading"), bytes(PREFIX + "/"), bytes(PREFIX + "0"),
                Permission.Type.READ).get();
        client.getAuthClient().userGrantRole(bytes("reader"), bytes("reading")).get();
        client.getAuthClient().authEnable().get();

        follow(withUser(etcd, "reader", "wrong-secret"));
        eventually(() -> assertThat(seen.losses()).isNotEmpty());
        assertThat(seen.losses().getFirst()).contains("not with this password").doesNotContain("wrong-secret");
        assertThat(seen.reads()).isZero();

        SeenKeys right = new SeenKeys();
        EtcdV3Follower follower = new EtcdV3Follower(withUser(etcd, "reader", "reader-secret"));
        closing.add(follower);
        follower.follow(PREFIX, right);
        eventually(() -> assertThat(right.keys()).hasSize(1));

        SeenKeys forbidden = new SeenKeys();
        follower.follow("/calico/secret", forbidden);
        eventually(() -> assertThat(forbidden.losses()).isNotEmpty());
        assertThat(forbidden.losses().getFirst()).contains("grant its role read permission");
    }

    @Test
    void speaksTlsWithAClientCertificateAndSaysWhatIsWrongWithOthers() throws Exception {
        authority("ca");
        authority("other-ca");
        certificate("server", "ca");
        certificate("client", "ca");
        EtcdServer etcd = etcd("https", "--cert-file", file("server.pem").toString(), "--key-file",
                file("server.key").toString(), "--client-cert-auth", "--trusted-ca-file", file("ca.pem").toString());

        follow(tls(etcd, "ca.pem", "client"));
        eventually(() -> assertThat(seen.reads()).isEqualTo(1));
        assertThat(seen.losses()).isEmpty();

        SeenKeys wrongAuthority = new SeenKeys();
        EtcdV3Follower distrusting = new EtcdV3Follower(tls(etcd, "other-ca.pem", "client"));
        closing.add(distrusting);
        distrusting.follow(PREFIX, wrongAuthority);
        eventually(() -> assertThat(wrongAuthority.losses()).isNotEmpty());
        assertThat(wrongAuthority.losses().getFirst()).contains("is not trusted");

        SeenKeys noCertificate = new SeenKeys();
        EtcdV3Follower unknown = new EtcdV3Follower(tls(etcd, "ca.pem", null));
        closing.add(unknown);
        unknown.follow(PREFIX, noCertificate);
        eventually(() -> assertThat(noCertificate.losses()).isNotEmpty());
        assertThat(noCertificate.reads()).isZero();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        EtcdServer etcd = etcd("http");
        EtcdV3Follower follower = new EtcdV3Follower(settings(etcd.endpoint()));
        follower.follow(PREFIX, seen);
        eventually(() -> assertThat(seen.reads()).isEqualTo(1));

        follower.close();

        eventually(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("etcd") || name.startsWith("grpc")));
    }

    private EtcdServer etcd(String scheme, String... options) {
        EtcdServer etcd = new EtcdServer(folder, 23790, scheme, options).start();
        closing.add(etcd);
        return etcd;
    }

    private Client client(EtcdServer etcd) {
        Client client = Client.builder().endpoints(etcd.endpoint()).build();
        closing.add(client);
        return client;
    }

    private void follow(EtcdSettings settings) {
        EtcdV3Follower follower = new EtcdV3Follower(settings);
        closing.add(follower);
        follower.follow(PREFIX, seen);
    }

    private static EtcdSettings settings(URI... endpoints) {
        return new EtcdSettings(List.of(endpoints), null, null, null, null, null, null);
    }

    private static EtcdSettings withUser(EtcdServer etcd, String user, String password) {
        return new EtcdSettings(List.of(etcd.endpoint()), null, null, null, null, user, new Secret(password));
    }

    private EtcdSettings tls(EtcdServer etcd, String authority, @Nullable String client) {
        return new EtcdSettings(List.of(etcd.endpoint()), null, file(authority),
                client == null ? null : file(client + ".pem"), client == null ? null : file(client + ".key"), null,
                null);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void authority(String name) {
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name, "-keyout", name + ".key",
                "-out", name + ".pem", "-days", "2");
    }

    private void certificate(String name, String authority) {
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name, "-keyout", name + ".key",
                "-out", name + ".pem", "-days", "2", "-CA", authority + ".pem", "-CAkey", authority + ".key", "-addext",
                "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE");
    }

    private void openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Commands.check(folder, command);
    }

    private static long put(Client client, String key, String value) throws Exception {
        return client.getKVClient().put(bytes(key), bytes(value)).get().getHeader().getRevision();
    }

    private static void delete(Client client, String key) throws Exception {
        client.getKVClient().delete(bytes(key)).get();
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).untilAsserted(assertions);
    }
}
