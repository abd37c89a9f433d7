/**
 * Series that stations recorded in files, judged by the code of the rules: what {@code groundwork
 * sensing judge} does.
 */
@NullMarked
package org.groundwork.networks.sensing.recorded;

import org.jspecify.annotations.NullMarked;
