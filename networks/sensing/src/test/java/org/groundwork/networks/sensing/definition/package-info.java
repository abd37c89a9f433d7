@NullMarked
package org.groundwork.networks.sensing.definition;

import org.jspecify.annotations.NullMarked;
