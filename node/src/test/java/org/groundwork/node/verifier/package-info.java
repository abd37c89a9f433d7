@NullMarked
package org.groundwork.node.verifier;

import org.jspecify.annotations.NullMarked;
