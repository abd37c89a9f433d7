package org.groundwork.engine.facts;

/** Where the members of an encoded {@link org.groundwork.protocol.ReportBody} lie. */
final class BodyLayout {
  static final int DEPLOYMENT = 1;
  static final int NETWORK = DEPLOYMENT + 32;
  static final int DEVICE = NETWORK + 4;
  static final int KEY_HASH = DEVICE + 8;
  static final int SEQUENCE = KEY_HASH + 32;
  static final int PAYLOAD_SIZE = SEQUENCE + 8;
  static final int PAYLOAD = PAYLOAD_SIZE + 4;

  private BodyLayout() {}
}
