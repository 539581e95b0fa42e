@NullMarked
package io.tapetum.load;

import org.jspecify.annotations.NullMarked;
