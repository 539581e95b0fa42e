package io.tapetum.core.session;

import java.util.function.Consumer;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.reflection.ImportRules;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.transport.Connector;

/**
 * What all peers of a reflector share. Callable by any thread.
 *
 * @param settings the reflector's own
 * @param tables the routes
 * @param importRules which of them may be used
 * @param selfToInternal whether some external peer's routes go to internal peers with our address as next hop
 * @param deferral what holds back End-of-RIB after a start
 * @param connector how peers are connected to
 * @param events where operators are told
 */
public record SharedState(ReflectorSettings settings, RoutingTables tables, ImportRules importRules,
        boolean selfToInternal, RestartDeferral deferral, Connector connector, Consumer<ReflectorEvent> events) {}
