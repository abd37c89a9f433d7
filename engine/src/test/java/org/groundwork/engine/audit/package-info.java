@NullMarked
package org.groundwork.engine.audit;

import org.jspecify.annotations.NullMarked;
