/**
 * The explorer's database: H2 in a file, or PostgreSQL by URL. It is a cache of the chain and of
 * published files: there are no migrations, and what does not fit is dropped and made again.
 */
@NullMarked
package org.groundwork.node.explorer.database;

import org.jspecify.annotations.NullMarked;
