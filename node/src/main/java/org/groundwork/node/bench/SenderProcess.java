package org.groundwork.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The other process of a bench; it is told what to do line by line, and answers each. */
final class SenderProcess implements AutoCloseable {
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private SenderProcess(Process process) {
    this.process = process;
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * How sending went.
   *
   * @param nanos from the first report sent to the last promise read
   * @param processorNanos of the sending process in this time
   */
  record Sent(long nanos, long processorNanos) {}

  static SenderProcess start(URI gateway, int devices) throws IOException {
    return new SenderProcess(
        JavaProcess.start(StreamSender.class, List.of(gateway.toString(), "" + devices)));
  }

  /** Signs reports, which the next command sends. */
  void sign(int first, int count) throws IOException {
    ask("sign", "sign " + first + " " + count);
  }

  /** Sends as fast as the gateway takes them. */
  Sent send() throws IOException {
    String[] words = ask("sent", "send");
    return new Sent(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  /** Sends so many reports a second, whatever the gateway does. */
  IngestBench.Delay pace(double load) throws IOException {
    String[] words = ask("paced", String.format(Locale.ROOT, "pace %.0f", load));
    return new IngestBench.Delay(
        load,
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]));
  }

  private String[] ask(String expected, String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String line = answers.readLine();
    if (line == null || !line.startsWith(expected)) {
      throw new IOException("the sending process says: " + line);
    }
    return line.split(" ", -1);
  }

  @Override
  public void close() {
    JavaProcess.kill(process);
  }
}
