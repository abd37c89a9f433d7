package org.groundwork.node.http;

/** The peer broke the rules of WebSocket, or of what is sent on it: the connection is closed. */
final class WebSocketFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** RFC 6455, section 7.4.1, and its registry of codes. */
  static final int NORMAL = 1000;

  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED = 1003;
  static final int UNREADABLE = 1007;
  static final int POLICY = 1008;
  static final int TOO_BIG = 1009;
  static final int TRY_LATER = 1013;

  private final int code;

  WebSocketFailure(int code, String reason) {
    super(reason);
    this.code = code;
  }

  /** The code with which the connection is closed. */
  int code() {
    return code;
  }
}
