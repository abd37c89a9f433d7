package org.groundwork.rules;

/** The reasons that every network shares: what is checked before a network's own rules. */
public enum CommonReason implements Reason {
  MALFORMED(
      1,
      "report.malformed",
      "The report is not in its canonical encoding.",
      "Update the device's software; it wrote bytes that no rule can read."),
  WRONG_DEPLOYMENT(
      2,
      "report.wrong-deployment",
      "The report was signed for another deployment.",
      "Point the device at the deployment file of this network and restart it."),
  WRONG_NETWORK(
      3,
      "report.wrong-network",
      "The report names another network than the device is registered in.",
      "Set the network that the device was registered for."),
  UNKNOWN_DEVICE(
      4,
      "report.unknown-device",
      "No such device was registered when the epoch opened.",
      "Register the device and wait for the next epoch."),
  WRONG_KEY(
      5,
      "report.wrong-key",
      "The report was signed with another key than the registered one.",
      "Use the registered key, or register the new key and send a Hello."),
  WRONG_SIGNATURE(
      6,
      "report.wrong-signature",
      "The signature does not verify under the strict rules.",
      "Check the device's key store and its signing library."),
  WRONG_EPOCH(
      7,
      "report.wrong-epoch",
      "The report's sequence belongs to another epoch.",
      "Set the device's clock; reports count only in the epoch that they name."),
  DUPLICATE(
      8,
      "report.duplicate",
      "The same report was admitted before; it counts once.",
      "Nothing to do."),
  SEQUENCE_CONFLICT(
      9,
      "report.sequence-conflict",
      "Two different reports carry the same sequence; neither counts.",
      "Run the key on one device only; a restored backup must start a new epoch."),
  TOO_MANY(
      10,
      "report.too-many",
      "The device sent more reports in this epoch than the network allows.",
      "Send fewer reports; the surplus is not looked at."),
  INACTIVE(
      11,
      "device.inactive",
      "The device has not said Hello with its registered owner and key.",
      "Start the device's agent; it says Hello by itself."),
  WRONG_HELLO(
      12,
      "device.wrong-hello",
      "The Hello names another owner than the registry.",
      "Start the agent with the owner's account that the registry shows."),
  UNKNOWN_TYPE(
      13,
      "report.unknown-type",
      "The network has no report of this type.",
      "Update the device's software."),
  KEY_TAKEN(
      14,
      "device.key-taken",
      "Another device said Hello with this key first.",
      "Give the device a key of its own and register that."),
  GROUP_FULL(
      15,
      "report.group-full",
      "More was said about the same thing in this epoch than the protocol looks at.",
      "Nothing to do; the surplus is not looked at."),
  UNKNOWN_NETWORK(
      16,
      "network.unknown",
      "The device is registered in a network that did not exist when the epoch opened.",
      "Register a device in a network that exists.");

  private final int number;
  private final String code;
  private final String happened;
  private final String remedy;

  CommonReason(int number, String code, String happened, String remedy) {
    this.number = number;
    this.code = code;
    this.happened = happened;
    this.remedy = remedy;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String happened() {
    return happened;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
