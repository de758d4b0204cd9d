@NullMarked
package fourways.actors;

import org.jspecify.annotations.NullMarked;
