package io.tapetum.wire.message;

/** A message that RFC 4271 §6 or RFC 7606 answers with a session reset: carries the NOTIFICATION to send. */
public final class BgpErrorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Notification notification;

    /**
     * @param notification what the peer is told
     * @param reason what the operator is told: the offending value and what was expected
     */
    public BgpErrorException(Notification notification, String reason) {
        super(reason);
        this.notification = notification;
    }

    public Notification notification() {
        return notification;
    }
}
