/** What the image is made of. That it runs is seen by the suites which run it. */
@NullMarked
package io.tapetum.image;

import org.jspecify.annotations.NullMarked;
