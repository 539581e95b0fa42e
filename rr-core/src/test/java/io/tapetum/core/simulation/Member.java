package io.tapetum.core.simulation;

import java.net.InetAddress;

/** A router of the simulated network. */
sealed interface Member permits ReflectorNode, Speaker {

    String name();

    InetAddress address();

    /** BGP Identifier, network order. */
    int routerId();
}
