/** Who may know whom, and whether the documentation is about what there is. */
@NullMarked
package io.tapetum.core.architecture;

import org.jspecify.annotations.NullMarked;
