package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.groundwork.cli.founder.JavaModule;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.rules.Kind;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a founder starts with. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what a network of your own starts with: a commented definition of a sensing network",
      "with its JSON schema for editors, or, with --java, a module with rules in Java and a",
      "contract test that passes. Overwrites nothing.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork init air-quality               air-quality.toml, network.schema.json",
      "  groundwork init soil-moisture --java      the folder soil-moisture",
    })
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Small letters, digits and hyphens.")
  private String name;

  /** What is written. */
  static final class What {
    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "Kind of network that a file defines: sensing.")
    private String kind = DefinitionFile.KIND;

    @Option(names = "--java", description = "Writes a module in Java.")
    private boolean java;
  }

  @ArgGroup private What what = new What();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where to write it (default: the current folder).")
  private Path out;

  @Override
  public Integer call() throws Exception {
    if (!Kind.isName(name)) {
      throw new Failure(
          "\"" + name + "\" is no name: take a small letter, then small letters, digits and -.");
    }
    if (!what.kind.equals(DefinitionFile.KIND)) {
      throw new Failure(
          "No file defines a network of kind \""
              + what.kind
              + "\"; \"sensing\" is the only kind. Other kinds are modules: --java.");
    }
    if (what.java) {
      java();
    } else {
      definition();
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void definition() throws IOException {
    SortedMap<Path, String> files = new TreeMap<>();
    Path file = out.resolve(name + ".toml").normalize();
    files.put(file, DefinitionFile.template(name));
    Path schema = out.resolve("network.schema.json").normalize();
    if (!Files.exists(schema) || !Files.readString(schema).equals(DefinitionFile.schema())) {
      files.put(schema, DefinitionFile.schema());
    }
    write(files);
    spec.commandLine().getOut().printf("Next: groundwork network check %s%n", file);
  }

  private void java() throws IOException {
    JavaModule module = new JavaModule(new Kind(name), Version.number());
    SortedMap<Path, String> files = new TreeMap<>();
    Path folder = out.resolve(name).normalize();
    module.files().forEach((path, text) -> files.put(folder.resolve(path), text));
    write(files);
    spec.commandLine()
        .getOut()
        .printf(
            "Next, in a source tree of Groundwork: move the folder below networks/, add%n"
                + "  <module>networks/%s</module>%n"
                + "to pom.xml, the dependency network-%s with scope runtime to cli/pom.xml, and"
                + " run%n  ./groundwork test -m networks/%s%n",
            name, name, name);
  }

  private void write(Map<Path, String> files) throws IOException {
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new Failure(file + " exists already; nothing was written.");
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.createDirectories(file.getKey().toAbsolutePath().getParent());
      Files.writeString(file.getKey(), file.getValue());
      spec.commandLine().getOut().println("Wrote " + file.getKey());
    }
  }
}
