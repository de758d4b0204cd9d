/** Runs all architectures on the same work, injects faults, checks, and draws the page. */
@NullMarked
package fourways.report;

import org.jspecify.annotations.NullMarked;
