package io.tapetum.image;

import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;

/** An etcd on a host of the lab, with resources of Calico's. It ends with the lab. */
final class Etcd {
    private static final String RESOURCES = "/calico/resources/v3/projectcalico.org/";
    private static final int PORT = 2379;

    private final Host host;
    private final String endpoint;

    Etcd(Host host) {
        this.host = host;
        this.endpoint = "http://" + host.ipv4() + ":" + PORT;
    }

    static boolean available() {
        return Toolbox.find("etcd", "etcd").isPresent();
    }

    String endpoint() {
        return endpoint;
    }

    /** Starts it without any data, and returns when it answers. */
    void start() {
        Path data = host.folder().resolve("etcd-data");
        host.start("etcd", Toolbox.command("etcd", "etcd"), "--data-dir", data.toString(), "--listen-client-urls",
                endpoint, "--advertise-client-urls", endpoint);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask("range", "{\"key\": \"" + base64(RESOURCES) + "\"}") == HttpURLConnection.HTTP_OK);
    }

    /** A Calico node, with the address of a host of the lab. */
    void putNode(Host node) {
        put("nodes/" + node.name(), """
                                    {"spec": {"bgp": {"ipv4Address": "%s/24"}}}
                                    """.formatted(node.ipv4()));
    }

    void deleteNode(Host node) {
        delete("nodes/" + node.name());
    }

    /** A resource, by its kind and name. */
    void put(String resource, String value) {
        change("put", "{\"key\": \"" + base64(RESOURCES + resource) + "\", \"value\": \"" + base64(value) + "\"}");
    }

    private void delete(String resource) {
        change("deleterange", "{\"key\": \"" + base64(RESOURCES + resource) + "\"}");
    }

    private void change(String command, String body) {
        int status = ask(command, body);
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IllegalStateException(command + ": HTTP status " + status);
        }
    }

    /** Returns the HTTP status, or 0 if nobody listens. On one thread from beginning to end, for the thread is on the host. */
    private int ask(String command, String body) {
        return host.inside(() -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) URI.create(endpoint + "/v3/kv/" + command).toURL()
                        .openConnection();
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
                return connection.getResponseCode();
            } catch (ConnectException _) {
                return 0;
            }
        });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
