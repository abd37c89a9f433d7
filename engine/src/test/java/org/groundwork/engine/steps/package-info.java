@NullMarked
package org.groundwork.engine.steps;

import org.jspecify.annotations.NullMarked;
