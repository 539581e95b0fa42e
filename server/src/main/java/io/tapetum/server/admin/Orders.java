package io.tapetum.server.admin;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.reflector.Interventions.Clear;
import io.tapetum.wire.nlri.Prefix;

/** What a reflector is ordered to do and what it answers, as it is sent. */
public final class Orders {

    private Orders() {}

    /**
     * Something of a session is to begin anew.
     *
     * @param what must be there
     * @param message what the peer is told if its session ends
     */
    public record ClearOrder(@Nullable Clear what, @Nullable String message) {}

    /** Sessions are to end; the peers are told the message. */
    public record ShutdownOrder(@Nullable String message) {}

    /**
     * A prefix is to be followed.
     *
     * @param prefix must be there
     */
    public record FollowOrder(@Nullable Prefix prefix) {}

    /**
     * What an order has done.
     *
     * @param affected how many sessions or peers; those that it makes no difference to do not count
     */
    public record Affected(int affected) {}

    /**
     * That a prefix is followed.
     *
     * @param until when it is not followed any more, unless somebody asks again; {@code null} if that is over already
     */
    public record Followed(Prefix prefix, @Nullable Instant until) {}

    /** That the reflector has been drained. */
    public record Drained(boolean drained) {}
}
