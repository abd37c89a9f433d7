package org.groundwork.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.ContentDaemon;
import org.groundwork.cli.daemon.ContentSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the operator of permanent storage does. */
@Command(
    name = "permanent",
    mixinStandardHelpOptions = true,
    description = "Permanent storage: balances and the endowment, for the gateway's operator.",
    subcommands = {
      StoragePermanentCommand.Credit.class,
      StoragePermanentCommand.Show.class,
    })
final class StoragePermanentCommand {
  /** One call of the gateway in a customer's folder. */
  abstract static class Call implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--customer",
        paramLabel = "FOLDER",
        defaultValue = ".groundwork/customer",
        description = "The folder of the customer who runs (default: ${DEFAULT-VALUE}).")
    private Path folder;

    abstract HttpRequest.Builder request(URI gateway, Path folder) throws IOException;

    @Override
    public Integer call() throws IOException, InterruptedException {
      ContentSetup setup = ConfigFile.read(folder.resolve(ContentSetup.FILE), ContentSetup.class);
      URI gateway = URI.create("http://" + setup.host() + ":" + setup.port());
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            http.send(request(gateway, folder).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new Failure("The gateway answered: " + answer.body());
        }
        spec.commandLine().getOut().println(answer.body());
      }
      return 0;
    }
  }

  /** Adds to a balance. */
  @Command(
      name = "credit",
      mixinStandardHelpOptions = true,
      description = {
        "Adds credits to an uploader's balance, when the operator was paid for them.",
        "The account behind the gateway must have as many."
      },
      footer = {
        "",
        "Example:",
        "  groundwork storage permanent credit hfxoRql6Z7JZ-Hn7YATKLOrG96bBWMwqc0qnWhVFXuE 12.5"
      })
  static final class Credit extends Call {
    @Parameters(
        index = "0",
        paramLabel = "ADDRESS",
        description = "base64url of SHA-256 of the uploader's public key, as Arweave's are.")
    private String address;

    @Parameters(index = "1", paramLabel = "CREDITS", description = "How much, in dollars.")
    private String credits;

    @Override
    HttpRequest.Builder request(URI gateway, Path folder) throws IOException {
      String token = Files.readString(ContentDaemon.operatorToken(folder)).strip();
      String body =
          Json.line(
              Json.object()
                  .put("address", address)
                  .put("credits", Amounts.credits(credits).toString()));
      return HttpRequest.newBuilder(gateway.resolve("/account/credit"))
          .header("Authorization", "Bearer " + token)
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
  }

  /** Shows the endowment. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows what is kept, what the endowment holds, and how long it lasts at today's price."
      },
      footer = {"", "Example:", "  groundwork storage permanent show"})
  static final class Show extends Call {
    @Override
    HttpRequest.Builder request(URI gateway, Path folder) {
      return HttpRequest.newBuilder(gateway.resolve("/endowment"));
    }
  }
}
