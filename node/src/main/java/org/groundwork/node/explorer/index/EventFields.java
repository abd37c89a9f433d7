package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.ReservationId;
import org.groundwork.settlement.abi.ContractEvent;

/** What an event's fields say: whom it is about, and all of it as JSON. */
public final class EventFields {
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          return components == null ? new RecordComponent[0] : components;
        }
      };

  /** Epochs that only say until when something lasts. */
  private static final Set<String> NOT_ABOUT = Set.of("releaseEpoch", "lastEpoch");

  private EventFields() {}

  /**
   * Whom an event is about: accounts, {@code device:3}, {@code epoch:7}, {@code proposal:N}, {@code
   * dispute:N}.
   *
   * @param known accounts that are never a subject, such as contracts
   */
  static Set<String> subjects(ContractEvent event, Predicate<AccountId> known) {
    Set<String> subjects = new TreeSet<>();
    for (RecordComponent component : COMPONENTS.get(event.getClass())) {
      switch (get(component, event)) {
        case AccountId account when !account.equals(AccountId.ZERO) && !known.test(account) ->
            subjects.add(account.toHex());
        case DeviceId device -> subjects.add("device:" + device);
        case EpochNumber epoch when !NOT_ABOUT.contains(component.getName()) ->
            subjects.add("epoch:" + epoch);
        case Object value when component.getName().equals("proposalId") ->
            subjects.add("proposal:" + value);
        case Object value when isDispute(event) && component.getName().equals("id") ->
            subjects.add("dispute:" + value);
        default -> {
          // Nobody is to be found by it.
        }
      }
    }
    return subjects;
  }

  private static boolean isDispute(ContractEvent event) {
    return event instanceof ContractEvent.DisputeOpened
        || event instanceof ContractEvent.CouncilVoted
        || event instanceof ContractEvent.DisputeClosed;
  }

  /** All fields by name; numbers as decimal text, bytes as hexadecimal digits. */
  public static ObjectNode json(Record value) {
    ObjectNode json = Json.object();
    for (RecordComponent component : COMPONENTS.get(value.getClass())) {
      json.set(component.getName(), node(get(component, value)));
    }
    return json;
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case Boolean flag -> com.fasterxml.jackson.databind.node.BooleanNode.valueOf(flag);
      case AccountId account -> TextNode.valueOf(account.toHex());
      case Hash hash -> TextNode.valueOf(hash.toHex());
      case ReservationId id -> TextNode.valueOf(id.hash().toHex());
      case Bytes bytes -> TextNode.valueOf(bytes.toHex());
      case List<?> list -> {
        ArrayNode array = Json.array();
        list.forEach(item -> array.add(node(item)));
        yield array;
      }
      // Amounts and numbers are records around one number.
      case Record item when COMPONENTS.get(item.getClass()).length > 1 -> json(item);
      default -> TextNode.valueOf(value.toString());
    };
  }

  private static Object get(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("records of events are public", e);
    }
  }
}
