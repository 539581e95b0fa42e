/** Calico's resources in etcd v3, one JSON object a key below {@code /calico/resources/v3/projectcalico.org}. */
@NullMarked
package io.tapetum.server.calico.etcd;

import org.jspecify.annotations.NullMarked;
