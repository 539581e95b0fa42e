@NullMarked
package io.tapetum.load.start;

import org.jspecify.annotations.NullMarked;
