package io.tapetum.wire.message;

/**
 * A BGP message other than UPDATE. UPDATE is not a value: on its hot path it is parsed in place, see
 * {@link io.tapetum.wire.update}.
 */
public sealed interface Message permits Open, Keepalive, Notification, RouteRefresh {}
