package org.groundwork.settlement.keys;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.jspecify.annotations.Nullable;

/** A password, from a file, the environment or a person; never from a command's arguments. */
public final class Password {
  private static final int MAX_BYTES = 1024;

  private final String text;

  private Password(String text) {
    this.text = text;
  }

  public static Password of(String text) {
    return new Password(text);
  }

  /** The first line of a file. */
  public static Password fromFile(Path file) throws SettlementException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw missing(file + " is too large for a password");
      }
      return checked(Files.readString(file).lines().findFirst().orElse(""), file.toString());
    } catch (IOException e) {
      throw e instanceof SettlementException known
          ? known
          : missing("the password file " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** The value of an environment variable, for instance of {@code System.getenv()}. */
  public static Password fromEnvironment(Map<String, String> environment, String variable)
      throws SettlementException {
    return checked(environment.getOrDefault(variable, ""), "the variable " + variable);
  }

  /** Asks on a terminal, without showing what is typed. */
  public static Password prompt(@Nullable Console console, String question)
      throws SettlementException {
    if (console == null) {
      throw missing("there is no terminal to ask for a password; give a password file");
    }
    char[] typed = console.readPassword("%s: ", question);
    return checked(typed == null ? "" : new String(typed), "what was typed");
  }

  private static Password checked(String text, String where) throws SettlementException {
    if (text.isEmpty()) {
      throw missing(where + " holds no password");
    }
    return new Password(text);
  }

  private static SettlementException missing(String sentence) {
    return new SettlementException(Failure.PASSWORD_MISSING, sentence);
  }

  char[] characters() {
    return text.toCharArray();
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Password[redacted]";
  }
}
