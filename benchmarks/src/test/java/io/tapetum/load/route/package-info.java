@NullMarked
package io.tapetum.load.route;

import org.jspecify.annotations.NullMarked;
