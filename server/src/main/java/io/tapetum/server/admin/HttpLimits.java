package io.tapetum.server.admin;

import java.util.Map;

/**
 * How much of the endpoint one client can take. Java's HTTP server reads these from system properties when its first class
 * is loaded, and has hardly any limits by default. How long an answer may take is for {@link AnswerLimit}: with TLS, Java's
 * own watch would wait for ever for a thread that writes to somebody who does not read. Whatever an operator sets on the command line
 * counts.
 */
final class HttpLimits {

    private static final Map<String, String> PROPERTIES = Map.of(
            // Scrapers and operators are few; whoever comes on top of that many is turned away at once.
            "jdk.httpserver.maxConnections", "128",
            "sun.net.httpserver.maxIdleConnections", "32",
            // Seconds until a request, with its TLS handshake, has arrived.
            "sun.net.httpserver.maxReqTime", "10",
            // Octets and lines of the header; a token has 512 octets at most.
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.maxReqHeaders", "64",
            // Octets of a body that are read for nothing, so that the connection can be used again.
            "sun.net.httpserver.drainAmount", "8192");

    private HttpLimits() {}

    /** Must be called before any class of Java's HTTP server is loaded. */
    static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
