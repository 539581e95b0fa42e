/**
 * The admin endpoint and its client: HTTP on the loopback interface, or HTTPS with tokens anywhere. {@code POST /v1/drain}
 * ends the reflector in favour of others; {@code GET /v1/sessions} lists its sessions, {@code GET /v1/sources} where their
 * peers come from, and {@code GET /metrics} what Prometheus collects. Nothing is ever changed by a GET. Of a <em>token</em>
 * only a digest is kept; its <em>scope</em> is what it is good for.
 */
@NullMarked
package io.tapetum.server.admin;

import org.jspecify.annotations.NullMarked;
