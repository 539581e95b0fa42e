package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.logging.Defects;

/**
 * Follows the objects at one location: lists them, then watches them from the version of the list, as long as its thread is
 * not interrupted. A watch that ends is taken up again where it ended. The list is read again only when the server does not
 * remember that far back, when the objects are somewhere else now, or after a long outage. For one thread.
 */
final class Follower<T> implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** Objects asked for at once. */
    private static final int PAGE = 500;

    /** More than any cluster has; a server that never comes to an end must not fill the memory. */
    private static final int MAX_PAGES = 1000;

    private final Location<T> location;
    private final ApiServer server;
    private final Told<T> told;
    private final Timing timing;
    private final Pauses pauses;
    private final Defects defects = new Defects();

    /** Where the last list was read, or is to be read. */
    private String path = "";

    /** Up to where changes were told, or {@code null} if everything has to be listed. */
    private @Nullable String version;

    /** Whether the version was too old, and no watch has gone well since. */
    private boolean expired;

    /** When the watch broke that was not taken up again yet. */
    private long lostAtNs;
    private boolean lost;

    Follower(Location<T> location, ApiServer server, Told<T> told, Timing timing) {
        this.location = location;
        this.server = server;
        this.told = told;
        this.timing = timing;
        this.pauses = new Pauses(timing.firstPause(), timing.longestPause());
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                follow();
            }
        } catch (InterruptedException e) {
            // This is how it ends.
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        try {
            listAndWatch();
        } catch (ApiException e) {
            if (e.isExpired()) {
                version = null;
                if (!expired) {
                    expired = true;
                    return;
                }
            }
            if (e.isNotFound()) {
                version = null;
                location.doubt();
            }
            failed(e);
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            defects.happened(e).ifPresent(times -> log.atError().setCause(e)
                    .log("a defect while following {}, {}; please report it", location.what(), times));
            version = null;
            failed(e);
        }
    }

    private void failed(Exception failure) throws InterruptedException {
        if (!lost) {
            lost = true;
            lostAtNs = System.nanoTime();
        } else if (System.nanoTime() - lostAtNs > timing.resumable().toNanos()) {
            version = null;
        }
        boolean refused = failure instanceof ApiException answer && answer.isForbidden();
        told.lost(Reasons.of(server.address(), path, failure, location.permission()), refused);
        Thread.sleep(pauses.next());
    }

    private void listAndWatch() throws IOException, InterruptedException {
        String now = location.path();
        if (!now.equals(path)) {
            path = now;
            version = null;
        }
        if (version == null && !list()) {
            return;
        }
        watch(String.valueOf(version));
    }

    /** Whether there is anything to watch. */
    private boolean list() throws IOException, InterruptedException {
        List<T> all = new ArrayList<>();
        String place = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            JsonNode answer;
            try {
                answer = location.json(server.octets(path + "?limit=" + PAGE + place + location.selection(),
                        location.listType()));
            } catch (ApiException e) {
                if (e.isNotFound() && location.mayBeAbsent()) {
                    told.absent();
                    followed();
                    Thread.sleep(timing.discovery());
                    return false;
                }
                throw e;
            }
            try {
                add(answer, all);
            } finally {
                location.discard(answer);
            }
            JsonNode metadata = answer.path("metadata");
            String next = metadata.path("continue").asText();
            if (next.isEmpty()) {
                version = version(metadata);
                told.replaced(all);
                return true;
            }
            place = "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
        throw new IOException("the list did not end after " + MAX_PAGES + " pages");
    }

    /** Only what is a list beyond doubt is taken for one, for what is not in it counts as gone. */
    private void add(JsonNode answer, List<T> all) throws IOException {
        JsonNode items = answer.get("items");
        boolean isList = answer.path("kind").asText().endsWith("List") && items != null
                && (items.isArray() || items.isNull());
        if (!isList) {
            throw new IOException("the answer is no list");
        }
        for (JsonNode item : items) {
            all.add(location.read(item));
        }
    }

    private void watch(String from) throws IOException, InterruptedException {
        Duration longest = timing.watch().plus(timing.overdue());
        String query = "?watch=true&allowWatchBookmarks=true&resourceVersion="
                + URLEncoder.encode(from, StandardCharsets.UTF_8) + "&timeoutSeconds=" + timing.watch().toSeconds()
                + location.selection();
        long openedNs = System.nanoTime();
        try (AnswerBody events = server.open(path + query, location.objectType(), longest.plus(timing.overdue()))) {
            boolean settled = false;
            boolean heard = false;
            while (true) {
                if (!settled && since(openedNs).compareTo(timing.shortest()) > 0) {
                    settled = true;
                    followed();
                }
                switch (events.await(settled ? longest.minus(since(openedNs)) : timing.settle())) {
                    case SOMETHING -> {
                        JsonNode event = location.json(events.line());
                        try {
                            took(event);
                        } finally {
                            location.discard(event);
                        }
                        heard = true;
                    }
                    case END -> {
                        Duration lasted = since(openedNs);
                        if (lasted.compareTo(timing.shortest()) < 0) {
                            throw new IOException("the watch was ended after " + lasted.toMillis() + " ms");
                        }
                        return;
                    }
                    case SILENCE -> {
                        if (!settled) {
                            // What was missed would have come at once.
                            settled = true;
                            followed();
                        } else if (heard) {
                            // It does not end its watches, but it is alive.
                            return;
                        } else {
                            throw new IOException("nothing was heard for " + longest.toSeconds() + " s");
                        }
                    }
                }
            }
        }
    }

    private static Duration since(long thenNs) {
        return Duration.ofNanos(System.nanoTime() - thenNs);
    }

    private void followed() {
        lost = false;
        expired = false;
        pauses.reset();
        told.followed();
    }

    private void took(JsonNode event) throws IOException {
        JsonNode object = event.path("object");
        String type = event.path("type").asText();
        switch (type) {
            case "ADDED", "MODIFIED" -> told.changed(location.read(object));
            case "DELETED" -> told.removed(name(object));
            case "BOOKMARK" -> {
            }
            case "ERROR" -> throw ApiException.of(object);
            default -> throw new IOException("an event of the unknown type " + type);
        }
        version = version(object.path("metadata"));
    }

    private static String version(JsonNode metadata) throws IOException {
        String version = metadata.path("resourceVersion").asText();
        if (version.isEmpty()) {
            throw new IOException("the answer has no resource version");
        }
        return version;
    }

    /** The name of an object. */
    static String name(JsonNode object) throws IOException {
        String name = object.path("metadata").path("name").asText();
        if (name.isEmpty()) {
            throw new IOException("the answer has an object without a name");
        }
        return name;
    }
}
