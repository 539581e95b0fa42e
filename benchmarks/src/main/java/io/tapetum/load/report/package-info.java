/**
 * What runs have shown. A <em>figure</em> is one number, a <em>sample</em> the figures of one stretch of a run, such as
 * a round; a <em>run</em> is one workload against one freshly started reflector.
 */
@NullMarked
package io.tapetum.load.report;

import org.jspecify.annotations.NullMarked;
