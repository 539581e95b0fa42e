@NullMarked
package io.tapetum.server.training;

import org.jspecify.annotations.NullMarked;
