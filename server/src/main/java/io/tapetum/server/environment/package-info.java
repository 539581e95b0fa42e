/**
 * The variables of the environment by which {@code calico/routereflector}, and Calico's own programs, are told what they
 * are to do, in the terms of our configuration. Values are not checked here but where those of a file are; they remember
 * their variable, so that it is named when one is wrong.
 */
@NullMarked
package io.tapetum.server.environment;

import org.jspecify.annotations.NullMarked;
