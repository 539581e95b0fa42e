/**
 * The admin endpoint, HTTP on the loopback interface, and its client. {@code POST /v1/drain} ends the reflector in favour
 * of others; {@code GET /v1/sessions} lists its sessions and {@code GET /v1/sources} where their peers come from. Nothing is ever changed by a GET.
 */
@NullMarked
package io.tapetum.server.admin;

import org.jspecify.annotations.NullMarked;
