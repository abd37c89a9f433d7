@NullMarked
package org.groundwork.networks.storage;

import org.jspecify.annotations.NullMarked;
