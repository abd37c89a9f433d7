/**
 * Where a node's public files lie, by URL: a folder, or a bucket of S3-compatible object storage.
 * Keys come from the environment or from a file that nobody else can read, never from a URL, and
 * are never logged.
 */
@NullMarked
package org.groundwork.node.store;

import org.jspecify.annotations.NullMarked;
