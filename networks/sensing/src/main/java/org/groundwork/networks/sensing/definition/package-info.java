/**
 * A founder's definition of a sensing network: a TOML file, checked with every mistake explained at
 * once, and compiled to what the rules need of it.
 *
 * <p>{@link org.groundwork.networks.sensing.definition.DefinitionFile} reads it. Nothing here is
 * part of the rules: what they see is {@link
 * org.groundwork.networks.sensing.wire.SensingDefinition}, whose bytes stand on chain.
 */
@NullMarked
package org.groundwork.networks.sensing.definition;

import org.jspecify.annotations.NullMarked;
