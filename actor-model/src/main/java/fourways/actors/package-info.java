/** Actors: one Pekko typed actor for each shard. */
@NullMarked
package fourways.actors;

import org.jspecify.annotations.NullMarked;
