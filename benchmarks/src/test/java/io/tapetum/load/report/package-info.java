@NullMarked
package io.tapetum.load.report;

import org.jspecify.annotations.NullMarked;
