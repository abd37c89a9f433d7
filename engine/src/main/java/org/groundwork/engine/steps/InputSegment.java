package org.groundwork.engine.steps;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;

/**
 * A segment that counts.
 *
 * @param rank its place among the epoch's segments, ascending by slot, then by hash: of two copies
 *     of a report the one of lower rank counts
 * @param records how many it has
 */
public record InputSegment(
    int rank, Hash segment, AccountId gateway, SlotNumber slot, int records) {}
