package io.tapetum.server.admin;

import java.io.IOException;

import com.sun.net.httpserver.HttpExchange;

import io.tapetum.server.config.AdminSettings.Scope;

/**
 * Something that can be asked for.
 *
 * @param path of the URL
 * @param open whether whoever comes gets it, even where tokens are asked for; never for anything that tells about peers
 */
record Route(String path, Method method, boolean open, Answerer answerer) {

    /** For those who may. */
    Route(String path, Method method, Answerer answerer) {
        this(path, method, false, answerer);
    }

    enum Method {
        /** Looks, and changes nothing. */
        GET(Scope.READ),
        /** Changes something. */
        POST(Scope.WRITE);

        private final Scope scope;

        Method(Scope scope) {
            this.scope = scope;
        }

        /** What a token must be good for. */
        Scope scope() {
            return scope;
        }
    }

    /** Sends the answer. */
    @FunctionalInterface
    interface Answerer {
        void answer(HttpExchange exchange) throws IOException, RefusedException;
    }
}
