package org.groundwork.node.run;

/** A step that is run again and again, from {@link #start} to {@link #close}. */
public interface Task extends AutoCloseable {
  void start();

  /** Ends a wait early: there may be something to do. */
  void wake();

  /** What the last step failed with; empty if it did not fail. */
  String failure();

  /** Lets the step that runs finish, and runs no other. */
  @Override
  void close();
}
