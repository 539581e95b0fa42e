/** The flat keys below {@code /calico/bgp/v1}, by which reflectors of Calico before version 3 found their peers. */
@NullMarked
package io.tapetum.server.calico.legacy;

import org.jspecify.annotations.NullMarked;
