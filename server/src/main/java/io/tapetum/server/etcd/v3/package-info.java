/**
 * etcd's API of version 3 (gRPC), by the calls that jetcd generated for it. jetcd's own client is not used: it tries again
 * inside, without saying which endpoint failed or why, and an operator whose certificate is refused has to know that.
 */
@NullMarked
package io.tapetum.server.etcd.v3;

import org.jspecify.annotations.NullMarked;
