@NullMarked
package org.groundwork.engine.files;

import org.jspecify.annotations.NullMarked;
