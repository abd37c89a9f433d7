package org.groundwork.rules;

/**
 * Why a record or a slot was not accepted: one of a closed set, with the texts that its owner
 * reads.
 */
public interface Reason {
  /** The first number of a network's own. */
  int FIRST_OWN = 64;

  /** The last number: a verdict file has one byte for it. */
  int LAST = 255;

  /** 1 to 63 for the reasons of every network, 64 to 255 for a network's own; never reused. */
  int number();

  /** A stable code such as {@code storage.proof-wrong}. */
  String code();

  /** What happened, in one sentence. */
  String happened();

  /** What the owner can do about it, in one sentence. */
  String remedy();
}
