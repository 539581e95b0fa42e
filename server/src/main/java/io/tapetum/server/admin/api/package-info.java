/**
 * What operators can ask and do over HTTP, and how it is answered. Answers are the records that the rest of the program
 * works with, as JSON; {@code openapi.json} describes them all.
 */
@NullMarked
package io.tapetum.server.admin.api;

import org.jspecify.annotations.NullMarked;
