package io.tapetum.core.session;

/** A number for every type of message (RFC 4271 §4.1, RFC 2918 §3). */
public record MessageCounts(long open, long update, long notification, long keepalive, long routeRefresh) {

    /** Nothing of any type. */
    public static final MessageCounts NONE = new MessageCounts(0, 0, 0, 0, 0);

    /** All types together. */
    public long total() {
        return open + update + notification + keepalive + routeRefresh;
    }
}
