/** What is measured of a whole process, and how Prometheus reads it. Meters of a part are made where the part is. */
@NullMarked
package io.tapetum.server.metrics;

import org.jspecify.annotations.NullMarked;
