package io.tapetum.server.signing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.tapetum.server.keys.Keyring;
import io.tapetum.server.keys.TcpKey;

/** A keyring whose keys a test holds in its hand. */
public final class HeldKeys implements Keyring {

    private final Map<String, List<TcpKey>> keys = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    public static TcpKey key(String text) {
        return TcpKey.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes these the valid keys of a reference, the newest first. */
    public void set(String reference, String... newestFirst) {
        keys.put(reference, List.copyOf(Stream.of(newestFirst).map(HeldKeys::key).toList()));
        listeners.forEach(listener -> listener.accept(reference));
    }

    @Override
    public List<TcpKey> valid(String reference) {
        return keys.getOrDefault(reference, List.of());
    }

    @Override
    public void whenChanged(Consumer<String> listener) {
        listeners.add(listener);
    }
}
