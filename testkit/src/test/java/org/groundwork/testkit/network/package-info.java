@NullMarked
package org.groundwork.testkit.network;

import org.jspecify.annotations.NullMarked;
