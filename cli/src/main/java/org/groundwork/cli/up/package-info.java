/**
 * What {@code groundwork up} keeps running on one machine: its configuration, the processes and
 * their restarts, what is watched, and what is said of it.
 */
@NullMarked
package org.groundwork.cli.up;

import org.jspecify.annotations.NullMarked;
