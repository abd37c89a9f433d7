/**
 * Files that are there whole or not at all, and folders of them under the hash of their content.
 */
@NullMarked
package org.groundwork.engine.store;

import org.jspecify.annotations.NullMarked;
