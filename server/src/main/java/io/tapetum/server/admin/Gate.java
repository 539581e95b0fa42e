package io.tapetum.server.admin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.logging.RepeatedEvents;

/** Who may come in, and what for. All methods may be called by any thread. */
final class Gate {

    /** Why somebody was turned away. */
    private enum Reason {
        WEB_PAGE("the request of a web page"), TOKEN_MISSING("no token"), TOKEN_UNKNOWN("an unknown token"),
        SCOPE("a token that is good for less");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        String tag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Refusal(InetAddress address, Reason reason) {}

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);
    private static final int LOG_KINDS = 256;

    /** The scheme's name is in any case (RFC 9110 §11.1). */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([!-~]+) *");

    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final boolean onLoopback;
    private final List<String> hostNames;
    private final AccessTokens tokens;
    private final MeterRegistry meters;
    private final RepeatedEvents<Refusal> refusals = new RepeatedEvents<>(LOG_INTERVAL, LOG_KINDS);

    /**
     * @param onLoopback whether only this host reaches the endpoint
     * @param hostNames by which the endpoint may be asked, beside addresses
     */
    Gate(boolean onLoopback, List<String> hostNames, AccessTokens tokens, MeterRegistry meters) {
        this.onLoopback = onLoopback;
        this.hostNames = hostNames;
        this.tokens = tokens;
        this.meters = meters;
        for (Reason reason : Reason.values()) {
            counter(reason);
        }
    }

    /** Lets a request in, for as much as the result says. */
    Caller admit(HttpExchange exchange) throws RefusedException {
        refuseBrowsers(exchange);
        if (tokens.areNone()) {
            return Caller.anybody(exchange);
        }
        List<String> presented = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        if (presented.isEmpty()) {
            refused(exchange, Reason.TOKEN_MISSING);
            throw new RefusedException(401, "a token is needed",
                    Map.of("WWW-Authenticate", "Bearer realm=\"tapetum\""));
        }
        Optional<AdminSettings.Token> token = Optional.of(BEARER.matcher(presented.getFirst()))
                .filter(bearer -> presented.size() == 1 && bearer.matches())
                .flatMap(bearer -> tokens.find(bearer.group(1)));
        if (token.isEmpty()) {
            refused(exchange, Reason.TOKEN_UNKNOWN);
            throw new RefusedException(401, "the token is none of those that are known here",
                    Map.of("WWW-Authenticate", "Bearer realm=\"tapetum\", error=\"invalid_token\""));
        }
        return new Caller(token.get().name(), token.get().scope());
    }

    /** Sees whether somebody who came in for one thing may do another. */
    void demand(HttpExchange exchange, Caller caller, Scope needed) throws RefusedException {
        if (!caller.scope().covers(needed)) {
            refused(exchange, Reason.SCOPE);
            String scope = needed.name().toLowerCase(Locale.ROOT);
            throw new RefusedException(403, "the token is good for less: one with scope = " + scope + " is needed",
                    Map.of("WWW-Authenticate",
                            "Bearer realm=\"tapetum\", error=\"insufficient_scope\", scope=\"" + scope + "\""));
        }
    }

    /**
     * A page in a browser that reaches this endpoint can send requests here, too. It cannot leave out Origin when it posts
     * to another site; and if it got here by a name of its own, which its owner made ours, Host has that name.
     */
    private void refuseBrowsers(HttpExchange exchange) throws RefusedException {
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            refused(exchange, Reason.WEB_PAGE);
            throw new RefusedException(403, "requests of web pages are not answered");
        }
        List<String> host = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        String name = host.size() == 1
                ? PORT.matcher(host.getFirst()).replaceFirst("").toLowerCase(Locale.ROOT)
                : "";
        boolean known = UrlHost.isLoopback(name) || hostNames.contains(name)
                || (!onLoopback && UrlHost.isAddress(name));
        if (!known) {
            refused(exchange, Reason.WEB_PAGE);
            throw new RefusedException(403, "requests for this host name are not answered, for they may be those of"
                    + " web pages; if it is right, it belongs into admin.host-names");
        }
    }

    private void refused(HttpExchange exchange, Reason reason) {
        counter(reason).increment();
        InetAddress from = exchange.getRemoteAddress().getAddress();
        refusals.happened(new Refusal(from, reason)).ifPresent(times -> log.atWarn()
                .addKeyValue("from", from.getHostAddress()).addKeyValue("reason", reason.tag())
                .log("refused an admin request from {}: {} ({})", from.getHostAddress(), reason.words, times));
    }

    private Counter counter(Reason reason) {
        return Counter.builder("tapetum.admin.refusals").tag("reason", reason.tag())
                .description("Requests to the admin endpoint that were refused").register(meters);
    }
}
