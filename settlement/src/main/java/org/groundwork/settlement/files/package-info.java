/** Small files that appear whole or not at all. */
@NullMarked
package org.groundwork.settlement.files;

import org.jspecify.annotations.NullMarked;
