/**
 * What a sensing network is made of: a {@link
 * org.groundwork.networks.sensing.wire.SensingDefinition} with its {@link
 * org.groundwork.networks.sensing.wire.Field fields} and {@link
 * org.groundwork.networks.sensing.wire.Consistency checks between fields}, and what a device
 * reports: a {@link org.groundwork.networks.sensing.wire.Reading}.
 *
 * <p>Measured values are whole numbers: {@code value * 10^decimals} of the field's unit.
 * Invariants: integers only; the binary decoders accept exactly what their encoders make; every
 * size is bounded by a constant.
 */
@NullMarked
package org.groundwork.networks.sensing.wire;

import org.jspecify.annotations.NullMarked;
