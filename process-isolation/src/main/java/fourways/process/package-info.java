/** Separate processes: worker JVMs over Unix domain sockets, and their supervisor. */
@NullMarked
package fourways.process;

import org.jspecify.annotations.NullMarked;
