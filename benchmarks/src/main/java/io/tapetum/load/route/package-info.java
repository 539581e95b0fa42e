/**
 * What the clients announce. A <em>route</em> is a prefix and its <em>owner</em>, the client that announces it; routes
 * have numbers from 0. A <em>profile</em> is what routes of one owner have in common: all attributes but the MED, which
 * serves as the version of a route.
 */
@NullMarked
package io.tapetum.load.route;

import org.jspecify.annotations.NullMarked;
