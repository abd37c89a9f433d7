@NullMarked
package org.groundwork.checks.acceptance;

import org.jspecify.annotations.NullMarked;
