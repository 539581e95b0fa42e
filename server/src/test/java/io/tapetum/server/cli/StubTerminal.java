package io.tapetum.server.cli;

import java.util.concurrent.CompletableFuture;

/** No terminal, until it becomes one. */
final class StubTerminal implements Terminal {

    /** What has to happen when the process is told to end. */
    final CompletableFuture<Runnable> told = new CompletableFuture<>();

    private boolean terminal;
    private boolean unicode;
    private Size size = Size.USUAL;

    // Set by the test while a command runs.
    private volatile boolean gone;

    /** From now on it is one of this size. */
    void becomes(int rows, int columns) {
        terminal = true;
        size = new Size(rows, columns);
    }

    /** From now on it understands more than ASCII. */
    void understandsUnicode() {
        unicode = true;
    }

    /** From now on nobody reads any more. */
    void goes() {
        gone = true;
    }

    Termination termination() {
        return told::complete;
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    @Override
    public Size size() {
        return size;
    }

    @Override
    public boolean unicode() {
        return unicode;
    }

    @Override
    public boolean isGone() {
        return gone;
    }
}
