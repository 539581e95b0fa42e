package io.tapetum.server.cli;

/** Registers what has to happen when the process is told to end, by SIGTERM or SIGINT. */
@FunctionalInterface
public interface Termination {

    /** Of this process: the virtual machine turns both signals into its shutdown, and exits with 128 and their number. */
    static Termination ofThisProcess() {
        return action -> Runtime.getRuntime().addShutdownHook(new Thread(action, "termination"));
    }

    /** The action runs once, on a thread of its own, and the process ends when it returns. */
    void whenTold(Runnable action);
}
