/**
 * A browser that tests drive as a person would: with a keyboard, a mouse and two eyes.
 *
 * <p>{@link io.tapetum.interop.browser.Chromium} is a process, a {@link io.tapetum.interop.browser.Tab} one page in it.
 * Between them and the test runs the Chrome DevTools Protocol over a pipe, so that no port is needed and a browser on a
 * host of a lab is reached, too. A browser whose test is gone ends by itself.
 */
@NullMarked
package io.tapetum.interop.browser;

import org.jspecify.annotations.NullMarked;
