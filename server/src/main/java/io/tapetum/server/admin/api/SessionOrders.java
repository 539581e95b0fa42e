package io.tapetum.server.admin.api;

import java.io.IOException;

import org.slf4j.spi.LoggingEventBuilder;

import io.tapetum.server.admin.Json;
import io.tapetum.server.admin.Orders.Affected;
import io.tapetum.server.admin.Orders.ClearOrder;
import io.tapetum.server.admin.Orders.ShutdownOrder;
import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.admin.Request;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.Interventions;
import io.tapetum.server.reflector.Interventions.Clear;
import io.tapetum.server.reflector.RunningReflector;

/** Does what operators want done to sessions. */
final class SessionOrders {

    private static final String CLEAR = "{\"what\": \"soft-in\"} or {\"what\": \"hard\", \"message\": \"new cable\"}";
    private static final String SHUTDOWN = "{\"message\": \"until 14:00\"} or {}";

    private final RunningReflector reflector;

    SessionOrders(RunningReflector reflector) {
        this.reflector = reflector;
    }

    void clear(Request request) throws IOException, RefusedException, UnknownPeerException {
        ClearOrder order = request.body(ClearOrder.class, CLEAR);
        Clear what = order.what();
        if (what == null) {
            throw RefusedException.badRequest("expected a body like " + CLEAR);
        }
        String message = ShutdownMessage.of(order.message());
        if (what != Clear.HARD && !message.isEmpty()) {
            throw RefusedException.badRequest("only with \"what\": \"hard\" is a peer told a message");
        }
        String peer = named(request);
        int affected = reflector.clear(peer, what, message);
        done(request, peer, Json.word(what) + " clear", message, affected);
    }

    void shutdown(Request request) throws IOException, RefusedException, UnknownPeerException {
        String message = ShutdownMessage.of(request.optionalBody(ShutdownOrder.class, SHUTDOWN)
                .map(ShutdownOrder::message).orElse(null));
        String peer = named(request);
        int affected = reflector.shutdown(peer, message);
        done(request, peer, "shutdown", message, affected);
    }

    void start(Request request) throws IOException, UnknownPeerException {
        String peer = named(request);
        int affected = reflector.start(peer);
        done(request, peer, "start", "", affected);
    }

    /** By the name of the peer that is meant, which may have been given by its address in any notation. */
    private String named(Request request) throws UnknownPeerException {
        String peer = request.variable("peer");
        return peer.equals(Interventions.ALL) ? peer : PeerLookup.find(reflector, peer).name();
    }

    private static void done(Request request, String peer, String what, String message, int affected)
            throws IOException {
        LoggingEventBuilder line = OperatorLog.of(request, what + " of "
                + (peer.equals(Interventions.ALL) ? "all sessions" : peer)
                + (message.isEmpty() ? "" : ", message \"" + message + "\"") + ": " + affected + " affected");
        if (!peer.equals(Interventions.ALL)) {
            line = line.addKeyValue("peer", peer);
        }
        line.log();
        request.answer(new Affected(affected));
    }
}
