package io.tapetum.server.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Somebody who types, or a pipe. */
final class StubKeyboard implements Keyboard {

    /** What was asked. */
    final List<String> prompts = new ArrayList<>();

    private final Deque<String> lines = new ArrayDeque<>();
    private boolean terminal;
    private byte[] piped = {};

    /** From now on there is a terminal, with somebody who types these lines and no more. */
    void types(String... more) {
        terminal = true;
        lines.addAll(List.of(more));
    }

    /** From now on there is a pipe. */
    void pipes(byte[] octets) {
        terminal = false;
        piped = octets.clone();
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    @Override
    public char @Nullable [] typed(String prompt) {
        prompts.add(prompt);
        return lines.isEmpty() ? null : lines.remove().toCharArray();
    }

    @Override
    public @Nullable String line(String prompt) {
        prompts.add(prompt);
        return lines.poll();
    }

    @Override
    public InputStream piped() {
        return new ByteArrayInputStream(piped);
    }
}
