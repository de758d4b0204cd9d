/** Event loops: Vert.x verticles, each shard pinned to one loop. */
@NullMarked
package fourways.eventloop;

import org.jspecify.annotations.NullMarked;
