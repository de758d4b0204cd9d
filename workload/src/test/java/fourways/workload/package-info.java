/**
 * The contract every architecture is tested against, and the tests of the workload itself.
 */
@NullMarked
package fourways.workload;

import org.jspecify.annotations.NullMarked;
