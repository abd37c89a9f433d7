/** What {@code groundwork doctor} looks at. */
@NullMarked
package org.groundwork.cli.doctor;

import org.jspecify.annotations.NullMarked;
