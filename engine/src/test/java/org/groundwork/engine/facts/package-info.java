@NullMarked
package org.groundwork.engine.facts;

import org.jspecify.annotations.NullMarked;
