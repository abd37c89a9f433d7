@NullMarked
package org.groundwork.protocol.crypto;

import org.jspecify.annotations.NullMarked;
