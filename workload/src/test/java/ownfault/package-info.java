/** A fault that is no part of the project, as somebody else would write it: it uses what is public, and is found on the class path. */
@NullMarked
package ownfault;

import org.jspecify.annotations.NullMarked;
