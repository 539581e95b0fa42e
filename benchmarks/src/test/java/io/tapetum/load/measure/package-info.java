@NullMarked
package io.tapetum.load.measure;

import org.jspecify.annotations.NullMarked;
