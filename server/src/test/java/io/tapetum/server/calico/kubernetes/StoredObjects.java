package io.tapetum.server.calico.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What the API server of the tests holds: objects by path, and every change of them, numbered. Thread-safe. */
final class StoredObjects {

    private static final ObjectMapper JSON = new ObjectMapper();

    record Change(long version, String path, String type, ObjectNode object) {}

    /** One page of a list, and where the next begins, or {@code null}. */
    record Page(long version, List<ObjectNode> objects, @Nullable String next) {}

    private final Map<String, NavigableMap<String, ObjectNode>> objects = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long version = 100;
    private long forgotten;

    synchronized void put(String path, String name, JsonNode content) {
        ObjectNode object = JSON.createObjectNode();
        object.setAll((ObjectNode) content.deepCopy());
        object.withObject("/metadata").put("name", name);
        String type = collection(path).containsKey(name) ? "MODIFIED" : "ADDED";
        change(path, type, object);
        collection(path).put(name, object);
    }

    synchronized void delete(String path, String name) {
        ObjectNode gone = collection(path).remove(name);
        if (gone != null) {
            change(path, "DELETED", gone.deepCopy());
        }
    }

    private void change(String path, String type, ObjectNode object) {
        version++;
        object.withObject("/metadata").put("resourceVersion", String.valueOf(version));
        changes.add(new Change(version, path, type, object));
        notifyAll();
    }

    synchronized Page page(String path, @Nullable String from, int limit) {
        List<ObjectNode> all = new ArrayList<>();
        String next = null;
        for (var entry : collection(path).tailMap(from == null ? "" : from).entrySet()) {
            if (all.size() == limit) {
                next = entry.getKey();
                break;
            }
            all.add(entry.getValue());
        }
        return new Page(version, all, next);
    }

    /** The next change after a version, or {@code null} if none comes within that time. */
    synchronized @Nullable Change after(String path, long known, long millis) throws InterruptedException {
        long deadlineNs = System.nanoTime() + millis * 1_000_000;
        while (true) {
            for (Change change : changes) {
                if (change.version() > known && change.path().equals(path)) {
                    return change;
                }
            }
            long left = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
    }

    synchronized long version() {
        return version;
    }

    /** Changes up to now are not told any more. */
    synchronized void forget() {
        forgotten = version;
    }

    synchronized boolean remembers(long since) {
        return since >= forgotten;
    }

    private NavigableMap<String, ObjectNode> collection(String path) {
        return objects.computeIfAbsent(path, unknown -> new TreeMap<>());
    }
}
