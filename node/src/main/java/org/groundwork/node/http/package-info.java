/**
 * The server: a thin shell over the roles. Every body and wait is bounded; every error is JSON with
 * a stable code.
 */
@NullMarked
package org.groundwork.node.http;

import org.jspecify.annotations.NullMarked;
