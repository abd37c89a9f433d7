/**
 * The explorer's answers: read-only, without a key, bounded in size and number, each with what it
 * rests on. {@code explorer/openapi.yaml} states them; {@link
 * org.groundwork.node.explorer.api.Endpoints} lists them.
 */
@NullMarked
package org.groundwork.node.explorer.api;

import org.jspecify.annotations.NullMarked;
