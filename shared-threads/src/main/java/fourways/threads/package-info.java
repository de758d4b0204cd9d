/** Shared memory: one heap, a thread pool, a lock for each shard. */
@NullMarked
package fourways.threads;

import org.jspecify.annotations.NullMarked;
