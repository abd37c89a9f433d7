/** A made-up deployment of any size, to measure the explorer with, and to test it on. */
@NullMarked
package org.groundwork.node.explorer.bench;

import org.jspecify.annotations.NullMarked;
