package org.groundwork.rules.kit;

/**
 * One value of a quantity at one moment.
 *
 * @param time Unix second
 */
public record Observation(long time, long value) {}
