/**
 * The explorer: an index of a deployment, rebuilt at any time from its chain and published files,
 * and the page and API in front of it.
 */
@NullMarked
package org.groundwork.node.explorer;

import org.jspecify.annotations.NullMarked;
