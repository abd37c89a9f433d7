package org.groundwork.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.crypto.AccountKey;

/** What happens to one network of a demo. Told once. */
interface Story {
  /** Creates the network and its devices; nothing runs yet. */
  void register(Stage stage) throws Exception;

  /** Plays it; returns when everything that it wants to be settled is. */
  void tell(Stage stage) throws Exception;

  /** Every device with its part in the story. */
  SortedMap<DeviceId, String> roles();

  /** Who earned something. */
  List<AccountKey> owners() throws Exception;

  /** What it showed, in a sentence without an end. */
  String outcome();

  /** The same as members of the demo's JSON. */
  void describe(ObjectNode json);
}
