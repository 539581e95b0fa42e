@NullMarked
package io.tapetum.load.verify;

import org.jspecify.annotations.NullMarked;
