package io.tapetum.wire.message;

/** KEEPALIVE (RFC 4271 §4.4): a header and nothing else. */
public record Keepalive() implements Message {

    public static final Keepalive INSTANCE = new Keepalive();
}
