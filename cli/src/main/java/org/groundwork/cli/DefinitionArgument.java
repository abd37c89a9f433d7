package org.groundwork.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.groundwork.networks.sensing.definition.Checked;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.networks.sensing.definition.FounderDefinition;
import org.groundwork.networks.sensing.definition.Mistake;

/** A definition file that a user named. */
final class DefinitionArgument {
  private DefinitionArgument() {}

  static Checked check(Path file) throws IOException {
    try {
      if (Files.size(file) > DefinitionFile.MAX_BYTES) {
        throw new Failure(file + " is too long for a definition.");
      }
      return DefinitionFile.read(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new Failure(
          "There is no file " + file + "; \"groundwork init NAME\" writes one to start with.", e);
    } catch (CharacterCodingException e) {
      throw new Failure(file + " is no text in UTF-8.", e);
    }
  }

  /**
   * A definition without mistakes.
   *
   * @throws Failure that says all of them
   */
  static FounderDefinition read(Path file) throws IOException {
    Checked checked = check(file);
    return checked
        .definition()
        .orElseThrow(() -> new Failure("the definition has mistakes:\n" + text(file, checked)));
  }

  /** The mistakes as compilers say them: two lines each. */
  static String text(Path file, Checked checked) {
    return checked.mistakes().stream()
        .map(mistake -> text(file, mistake))
        .collect(Collectors.joining("\n"));
  }

  private static String text(Path file, Mistake mistake) {
    String field = mistake.field().isEmpty() ? "" : mistake.field() + " ";
    return "%s:%d:%d: %s%s.\n    %s"
        .formatted(file, mistake.line(), mistake.column(), field, mistake.problem(), mistake.fix());
  }
}
