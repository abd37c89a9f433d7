/**
 * What a resource network is. Pure: integers, sorted input, no clock, no I/O.
 *
 * <p>Rules have two phases: {@link org.groundwork.rules.Rules#judge} sees everything of one device,
 * then {@link org.groundwork.rules.Rules#reconcile} everything that was said about one group. A
 * third step, common to all networks, pays. What must survive an epoch is {@link
 * org.groundwork.rules.Carry}.
 *
 * <p>{@link org.groundwork.rules.ResourceNetwork} names the versions of its rules, and by its
 * {@link org.groundwork.rules.Vocabulary} the reasons and parameters. {@link
 * org.groundwork.rules.Limits} bound what rules may say.
 */
@NullMarked
package org.groundwork.rules;

import org.jspecify.annotations.NullMarked;
