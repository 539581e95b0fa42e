@NullMarked
package io.tapetum.load.client;

import org.jspecify.annotations.NullMarked;
