package io.tapetum.interop.browser;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The Chrome DevTools Protocol: JSON objects with a zero octet after each. One thread calls; events arrive on another.
 */
final class DevTools {

    private static final long PATIENCE_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream commands;
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
    private int calls;

    DevTools(OutputStream commands, InputStream answers) {
        this.commands = commands;
        Thread.ofPlatform().daemon().name("devtools").start(() -> read(new BufferedInputStream(answers)));
    }

    /** Calls a method and returns its result; of a page if a session is named, otherwise of the browser. */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = ++calls;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        send(session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session));
        try {
            JsonNode message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message.has("error")) {
                throw new IllegalStateException(method + ": " + message.path("error").path("message").asText());
            }
            return message.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Passes on the events of a session, on the thread that reads. */
    void listen(String session, Consumer<JsonNode> listener) {
        listeners.put(session, listener);
    }

    /** Passes on no more events of a session. */
    void forget(String session) {
        listeners.remove(session);
    }

    private void send(Map<String, ?> message) {
        try {
            commands.write(JSON.writeValueAsBytes(message));
            commands.write(0);
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Chromium is gone, see its log", e);
        }
    }

    private void read(InputStream answers) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            for (int octet = answers.read(); octet >= 0; octet = answers.read()) {
                if (octet == 0) {
                    received(JSON.readTree(message.toByteArray()));
                    message.reset();
                } else {
                    message.write(octet);
                }
            }
            pending.values().forEach(answer -> answer.completeExceptionally(new IOException("Chromium has ended")));
        } catch (IOException e) {
            pending.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private void received(JsonNode message) {
        if (!message.has("id")) {
            listeners.getOrDefault(message.path("sessionId").asText(), event -> {
            }).accept(message);
            return;
        }
        CompletableFuture<JsonNode> answer = pending.remove(message.path("id").asInt());
        if (answer != null) {
            answer.complete(message);
        }
    }
}
