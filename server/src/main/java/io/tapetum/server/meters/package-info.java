/** What is counted for operators, beside what they are told. */
@NullMarked
package io.tapetum.server.meters;

import org.jspecify.annotations.NullMarked;
