/**
 * Ids, units, records and the rules that everything else rests on. Pure: no clock, no I/O, no
 * floating point.
 *
 * <table>
 * <caption>Units</caption>
 * <tr><th>type</th><th>unit</th></tr>
 * <tr><td>{@link org.groundwork.protocol.Credits}</td><td>US dollars, 18 decimals</td></tr>
 * <tr><td>{@link org.groundwork.protocol.TokenAmount}</td><td>tokens, 18 decimals</td></tr>
 * <tr><td>{@link org.groundwork.protocol.Price}</td><td>US dollars a token, 8 decimals</td></tr>
 * <tr><td>{@link org.groundwork.protocol.SlotNumber}</td><td>slots since genesis</td></tr>
 * <tr><td>{@link org.groundwork.protocol.EpochNumber}</td><td>epochs since genesis</td></tr>
 * <tr><td>timestamps</td><td>whole Unix seconds</td></tr>
 * </table>
 */
@NullMarked
package org.groundwork.protocol;

import org.jspecify.annotations.NullMarked;
