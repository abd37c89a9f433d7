package org.groundwork.node.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file holds damage that no crash leaves behind: a person has to look at the disk. */
public final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedFile(Path file, long position, String what) {
    super(
        file
            + " is damaged at byte "
            + position
            + ": "
            + what
            + ", and sound records follow. Check the disk; restore the file, or move it away and"
            + " lose what it holds.");
  }
}
