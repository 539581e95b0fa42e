/** What {@code config/monitoring} gives to Prometheus and Grafana: whether it is whole, and what a real Prometheus makes of it. */
@NullMarked
package io.tapetum.server.monitoring;

import org.jspecify.annotations.NullMarked;
