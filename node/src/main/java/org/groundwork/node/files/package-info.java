/** Files that survive a crash: written whole or not at all, appended with checksums. */
@NullMarked
package org.groundwork.node.files;

import org.jspecify.annotations.NullMarked;
