/**
 * Where a node keeps what it publishes: objects by keys, in a folder or, wired by who starts the
 * node, in object storage. Each is there whole or not at all, and durable when it was put. What is
 * read is checked by {@link org.groundwork.engine.store.HashStore} against its name, so that a
 * store is trusted with nothing but being there.
 */
@NullMarked
package org.groundwork.engine.store;

import org.jspecify.annotations.NullMarked;
