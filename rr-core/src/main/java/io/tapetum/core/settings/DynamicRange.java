package io.tapetum.core.settings;

import java.net.InetAddress;

/**
 * A range of addresses from which any peer is welcome; it exists as long as its session does.
 *
 * @param name what operators call it
 * @param network first address of the range
 * @param prefixLength 0 to 32 or 0 to 128
 * @param limit how many peers of this range may exist at a time, at least 1
 * @param template what all of them have in common; they are never connected to
 */
public record DynamicRange(String name, InetAddress network, int prefixLength, int limit, PeerTemplate template) {}
