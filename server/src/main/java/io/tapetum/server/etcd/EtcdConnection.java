package io.tapetum.server.etcd;

import java.net.URI;

/** A connection to one endpoint, used by one thread. After an exception it is of no use any more. */
public interface EtcdConnection extends AutoCloseable {

    /** How connections come to be; called by several threads. */
    @FunctionalInterface
    interface Opener {

        /** Connects and logs in, as far as that can be done before anything is asked. */
        EtcdConnection open(URI endpoint) throws EtcdException, InterruptedException;
    }

    /** Reads everything below a prefix; a prefix that does not exist has nothing below it. */
    Snapshot read(String prefix) throws EtcdException, InterruptedException;

    /**
     * Tells of every change after a snapshot of this connection, for as long as etcd can tell them. It ends normally if
     * etcd has forgotten some, so that everything has to be read again.
     *
     * @param listener only its {@code put} and {@code deleted} are called, by this thread
     */
    void watch(String prefix, Snapshot since, KeyListener listener) throws EtcdException, InterruptedException;

    /** Lets go of it at once. */
    @Override
    void close();
}
