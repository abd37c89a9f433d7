/**
 * Long files that are written and read once, past the system's memory (O_DIRECT): it would take a
 * copy of every byte, and for what may not be read again for months give up what is read often.
 */
@NullMarked
package org.groundwork.networks.storage.disk;

import org.jspecify.annotations.NullMarked;
