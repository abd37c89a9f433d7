/**
 * A bridge for consumer stations, which post forms over HTTP and hold no keys: it knows a station
 * by its passkey, holds a device's key for it, converts units exactly, signs, and reports.
 *
 * <p>Whoever has the passkey, or the bridge, can report what he likes; so devices that a bridge
 * speaks for are registered with an endpoint {@code bridge:NAME}, which everybody sees, and the
 * bridge speaks for no others.
 */
@NullMarked
package org.groundwork.cli.bridge;

import org.jspecify.annotations.NullMarked;
