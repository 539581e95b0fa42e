/**
 * The reflector: peers, their sessions, and what is passed from whom to whom (RFC 4456). It knows neither sockets nor
 * files; time, randomness and connections are handed in, so that whole networks of reflectors run in one thread on a
 * virtual clock.
 */
@NullMarked
package io.tapetum.core;

import org.jspecify.annotations.NullMarked;
