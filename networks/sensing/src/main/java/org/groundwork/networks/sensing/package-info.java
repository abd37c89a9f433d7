@NullMarked
package org.groundwork.networks.sensing;

import org.jspecify.annotations.NullMarked;
