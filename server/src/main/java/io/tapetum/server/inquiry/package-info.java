/** What operators ask about routes, and what they are answered: routes, their attributes, and why a peer has them or not. */
@NullMarked
package io.tapetum.server.inquiry;

import org.jspecify.annotations.NullMarked;
