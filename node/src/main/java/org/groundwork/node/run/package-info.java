/** Long-running parts are steps; here is who runs them. */
@NullMarked
package org.groundwork.node.run;

import org.jspecify.annotations.NullMarked;
