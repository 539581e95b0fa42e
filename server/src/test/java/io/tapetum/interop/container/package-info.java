/**
 * The reflector as a container, run by podman and runc, which {@code ./verify} unpacks and does not install.
 *
 * <p>A <em>container</em> is on a host of the lab: it has its network namespace. Images, containers and everything that
 * podman keeps of them are in a folder below {@code target}, and gone when it is closed.
 */
@NullMarked
package io.tapetum.interop.container;

import org.jspecify.annotations.NullMarked;
