/**
 * Copies of a network's folder: taken while it runs, checked against sums, put back, and taken
 * before an upgrade. A copy is what the files would be if all processes had been killed at one
 * moment, which each part survives.
 */
@NullMarked
package org.groundwork.cli.backup;

import org.jspecify.annotations.NullMarked;
