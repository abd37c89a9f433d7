@NullMarked
package org.groundwork.node.files;

import org.jspecify.annotations.NullMarked;
