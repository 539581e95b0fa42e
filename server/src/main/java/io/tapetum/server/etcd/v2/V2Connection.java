package io.tapetum.server.etcd.v2;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.etcd.EtcdConnection;
import io.tapetum.server.etcd.EtcdException;
import io.tapetum.server.etcd.KeyListener;
import io.tapetum.server.etcd.Snapshot;

/** Reads a folder as a whole, and then polls for one change after the other. */
final class V2Connection implements EtcdConnection {

    /** Then we ask again, to see that etcd is still there. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** EcodeKeyNotFound. */
    private static final int KEY_NOT_FOUND = 100;
    /** EcodeUnauthorized. */
    private static final int UNAUTHORIZED = 110;
    /** EcodeEventIndexCleared: etcd keeps no more than a thousand changes. */
    private static final int EVENT_INDEX_CLEARED = 401;

    private static final Set<String> REMOVALS = Set.of("delete", "expire", "compareAndDelete");

    private final URI endpoint;
    private final V2Http http;

    V2Connection(URI endpoint, EtcdSettings settings) throws EtcdException {
        this.endpoint = endpoint;
        this.http = new V2Http(endpoint, settings);
    }

    @Override
    public Snapshot read(String prefix) throws EtcdException, InterruptedException {
        // By way of the leader: a member that is cut off from the others must not pass for the truth.
        V2Http.Answer answer = http.get(path(prefix) + "?recursive=true&quorum=true", SILENCE);
        JsonNode body = body(answer);
        Map<String, String> entries = new HashMap<>();
        if (body.has("errorCode")) {
            if (body.path("errorCode").asInt() != KEY_NOT_FOUND) {
                throw refusal(answer, body);
            }
        } else if (answer.status() / 100 != 2 || !body.path("node").isObject()) {
            throw refusal(answer, body);
        } else {
            collect(body.path("node"), entries);
        }
        return new Snapshot(entries, answer.index());
    }

    private static void collect(JsonNode node, Map<String, String> entries) {
        if (node.path("dir").asBoolean()) {
            node.path("nodes").forEach(child -> collect(child, entries));
        } else {
            entries.put(node.path("key").asText(), node.path("value").asText());
        }
    }

    @Override
    public void watch(String prefix, Snapshot since, KeyListener listener)
            throws EtcdException, InterruptedException {
        Set<String> known = new TreeSet<>(since.entries().keySet());
        long next = since.revision() + 1;
        while (true) {
            V2Http.Answer answer = http.get(path(prefix) + "?wait=true&recursive=true&waitIndex=" + next, SILENCE);
            JsonNode body = answer.body();
            if (body == null) {
                if (answer.status() / 100 != 2) {
                    throw refusal(answer, body(answer));
                }
                // Up to here etcd has looked through its history, and found nothing.
                next = Math.max(next, answer.index() + 1);
            } else if (body.path("errorCode").asInt() == EVENT_INDEX_CLEARED) {
                return;
            } else if (answer.status() / 100 != 2 || !body.path("node").isObject()) {
                throw refusal(answer, body);
            } else {
                tell(prefix, body, known, listener);
                next = body.path("node").path("modifiedIndex").asLong() + 1;
            }
        }
    }

    /** A folder goes with all that is in it, and etcd names only the folder. */
    private static void tell(String prefix, JsonNode body, Set<String> known, KeyListener listener) {
        JsonNode node = body.path("node");
        String key = node.path("key").asText();
        if (REMOVALS.contains(body.path("action").asText())) {
            List<String> gone = known.stream().filter(each -> each.equals(key) || each.startsWith(key + "/")).toList();
            gone.forEach(each -> {
                known.remove(each);
                listener.deleted(each);
            });
        } else if (!node.path("dir").asBoolean() && key.startsWith(prefix + "/")) {
            known.add(key);
            listener.put(key, node.path("value").asText());
        }
    }

    private JsonNode body(V2Http.Answer answer) throws EtcdException {
        if (answer.body() == null) {
            throw new EtcdException("etcd at " + endpoint + " answers with status " + answer.status()
                    + " and nothing else: see whether it is overloaded");
        }
        return answer.body();
    }

    private EtcdException refusal(V2Http.Answer answer, JsonNode body) {
        String who = "etcd at " + endpoint + " ";
        if (answer.status() == 401 || body.path("errorCode").asInt() == UNAUTHORIZED) {
            return new EtcdException(who
                    + "does not let this user read these keys: see whether user name and password are right, and grant its role read permission");
        }
        String message = body.path("message").asText("");
        return new EtcdException(who + "failed with status " + answer.status() + ": "
                + (message.isEmpty() ? "its answer has no node" : message + " " + body.path("cause").asText("")));
    }

    private static String path(String prefix) throws EtcdException {
        try {
            return new URI(null, null, "/v2/keys" + prefix, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new EtcdException("no prefix of keys: " + prefix, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
