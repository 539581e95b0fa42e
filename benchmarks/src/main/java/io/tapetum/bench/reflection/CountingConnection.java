package io.tapetum.bench.reflection;

import java.net.InetAddress;

import io.netty.buffer.ByteBuf;

import io.tapetum.core.transport.Connection;

/** A connection to a peer that takes everything at once. */
final class CountingConnection implements Connection {

    private final InetAddress localAddress;
    private long octets;

    CountingConnection(InetAddress localAddress) {
        this.localAddress = localAddress;
    }

    @Override
    public InetAddress localAddress() {
        return localAddress;
    }

    @Override
    public void write(ByteBuf message) {
        octets += message.readableBytes();
        message.release();
    }

    @Override
    public void write(ByteBuf shared, int offset, int length) {
        octets += length;
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean hasPending() {
        return false;
    }

    @Override
    public long octetsTaken() {
        return octets;
    }

    @Override
    public void maximumMessageLength(int maximum) {}

    @Override
    public void close() {
        throw new IllegalStateException("the reflector closed a connection");
    }

    @Override
    public void abort() {
        throw new IllegalStateException("the reflector aborted a connection");
    }
}
