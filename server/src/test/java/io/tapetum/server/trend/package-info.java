@NullMarked
package io.tapetum.server.trend;

import org.jspecify.annotations.NullMarked;
