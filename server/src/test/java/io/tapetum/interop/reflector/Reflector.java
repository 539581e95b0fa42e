package io.tapetum.interop.reflector;

import io.tapetum.interop.lab.Host;

/** A route reflector, as its operator sees it. */
public interface Reflector {
    /** Makes the reflector that the system property {@code tapetum.reflector} names. */
    static Reflector of(Plan plan) {
        return standIn() ? new BirdReflector(plan) : new TapetumReflector(plan);
    }

    /** Whether the reflector is not the product but its stand-in, which does not do all that the product does. */
    static boolean standIn() {
        return System.getProperty("tapetum.reflector", "tapetum").equals("bird2");
    }

    /** Whether there is anything to start. */
    static boolean available() {
        return standIn() || Installation.possible();
    }

    Host host();

    /** Starts it and returns when it listens. */
    void start();

    /** A restart's first half: SIGTERM. */
    void terminate();

    /** Ends it with SIGKILL. */
    void kill();

    /** Stops it in the middle of whatever it does, as a machine that is starved does; the kernel keeps its connections. */
    void freeze();

    /** Lets it go on. */
    void thaw();

    /**
     * Gives a peer or range another TCP-MD5 key. The product notices by itself, and takes the old key for as long as its
     * overlap lasts.
     */
    void rekey(String member, String key);

    /** What it tells its operator: its sessions at this moment, and everything it has logged. */
    String report();

    /** Asks it to leave for good, so that its peers move away at once. */
    void drain();
}
