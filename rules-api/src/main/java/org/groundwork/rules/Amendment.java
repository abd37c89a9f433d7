package org.groundwork.rules;

/** Phase 2 lowers the verdict on a record that phase 1 accepted. */
public record Amendment(RecordRef record, Verdict.Rejected verdict) {}
