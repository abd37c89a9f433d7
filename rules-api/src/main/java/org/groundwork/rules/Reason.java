package org.groundwork.rules;

/**
 * Why a record or a slot was not accepted: one of a closed set, with the texts that its owner
 * reads.
 */
public interface Reason {
  /** 1 to 63 for the reasons of every network, 64 to 255 for a network's own; never reused. */
  int number();

  /** A stable code such as {@code storage.proof-wrong}. */
  String code();

  /** What happened, in one sentence. */
  String happened();

  /** What the owner can do about it, in one sentence. */
  String remedy();
}
