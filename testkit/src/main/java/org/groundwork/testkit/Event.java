package org.groundwork.testkit;

import java.util.List;

/** What a contract emits: the event's name and its arguments in the order of the interface. */
public record Event(String name, List<Object> values) {
  public Event {
    values = List.copyOf(values);
  }
}
