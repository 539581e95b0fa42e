/**
 * Makes the container image from the jars of the server: a Java runtime of the modules that are needed, a launcher that is
 * no shell script, a cache of loaded classes, the C library, and around it the layers and the archive. Nothing of this
 * package is in the image.
 *
 * <p>Vocabulary: the <em>root</em> is the folder that becomes {@code /} of the image; the <em>home</em> is the program's folder in
 * it, {@code /opt/tapetum}.
 */
@NullMarked
package io.tapetum.image;

import org.jspecify.annotations.NullMarked;
