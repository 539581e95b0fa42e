package io.tapetum.server.admin;

import com.sun.net.httpserver.HttpExchange;

import io.tapetum.server.config.AdminSettings.Scope;

/**
 * Who asks.
 *
 * @param name of the token that was shown, or the address if none was needed
 * @param scope what he may do
 */
public record Caller(String name, Scope scope) {

    /** Who may do everything by having come. */
    static Caller anybody(HttpExchange exchange) {
        return new Caller(exchange.getRemoteAddress().getAddress().getHostAddress(), Scope.WRITE);
    }
}
