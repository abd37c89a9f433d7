package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider's intent to leave: a line in the file {@code LEAVING} of its folder, which the
 * operator writes and takes back. Until its deadline the provider serves and proves as before, and
 * takes nothing new.
 */
public final class Leaving {
  private static final String NAME = "LEAVING";
  private static final Pattern LINE =
      Pattern.compile("groundwork provider leaves at unix second ([0-9]{1,12})\n");

  private final Path folder;

  /**
   * @param folder the provider's data folder
   */
  public Leaving(Path folder) {
    this.folder = folder;
  }

  /** From when on the provider may be gone; empty if it stays. */
  public Optional<Instant> deadline() throws IOException {
    String line;
    try {
      line = Files.readString(folder.resolve(NAME), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IOException(folder.resolve(NAME) + " is damaged; announce the leaving again");
    }
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1))));
  }

  public void announce(Instant deadline) throws IOException {
    Path next = folder.resolve(NAME + ".next");
    Files.writeString(
        next,
        "groundwork provider leaves at unix second " + deadline.getEpochSecond() + "\n",
        StandardCharsets.ISO_8859_1);
    Files.move(
        next,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes it back; false if nothing was announced. */
  public boolean stay() throws IOException {
    return Files.deleteIfExists(folder.resolve(NAME));
  }
}
