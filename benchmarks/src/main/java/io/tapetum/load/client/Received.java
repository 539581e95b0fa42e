package io.tapetum.load.client;

/**
 * What a fleet has received.
 *
 * @param octets of BGP
 * @param messages of any type
 * @param routes announced, without echoes
 * @param echoes routes that came back to their owner
 * @param outdated routes in a version that their owner had replaced already
 * @param withdrawals prefixes withdrawn
 */
public record Received(long octets, long messages, long routes, long echoes, long outdated, long withdrawals) {

    /** What came after {@code before}. */
    public Received since(Received before) {
        return new Received(octets - before.octets, messages - before.messages, routes - before.routes,
                echoes - before.echoes, outdated - before.outdated, withdrawals - before.withdrawals);
    }
}
