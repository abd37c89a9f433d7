package org.groundwork.settlement.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.groundwork.settlement.deploy.Artifact;
import org.groundwork.settlement.local.InstalledAnvil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every binding says what the compiler says. */
class AbiBindingTest {
  private static final Set<String> OF_SOLIDITY_ITSELF =
      Set.of("Error(string reason)", "Panic(uint256 code)");

  private static final Map<Class<?>, Contract> CALLS =
      Map.ofEntries(
          Map.entry(Calls.Token.class, Contract.TOKEN),
          Map.entry(Calls.CreditsContract.class, Contract.CREDITS),
          Map.entry(Calls.Oracle.class, Contract.PRICE_ORACLE),
          Map.entry(Calls.Posted.class, Contract.POSTED_PRICE),
          Map.entry(Calls.Devices.class, Contract.DEVICE_REGISTRY),
          Map.entry(Calls.Networks.class, Contract.NETWORK_REGISTRY),
          Map.entry(Calls.OperatorSets.class, Contract.OPERATORS),
          Map.entry(Calls.StakesOfDevices.class, Contract.DEVICE_STAKES),
          Map.entry(Calls.EmissionContract.class, Contract.EMISSION),
          Map.entry(Calls.ResultsContract.class, Contract.RESULTS),
          Map.entry(Calls.ClaimsContract.class, Contract.CLAIMS),
          Map.entry(Calls.CouncilContract.class, Contract.COUNCIL),
          Map.entry(Calls.SlashingContract.class, Contract.SLASHING),
          Map.entry(Calls.SessionsContract.class, Contract.SESSIONS),
          Map.entry(Calls.CourtContract.class, Contract.POSSESSION_COURT),
          Map.entry(Calls.Governor.class, Contract.GOVERNOR),
          Map.entry(Calls.Purchase.class, Contract.STABLE_PURCHASE),
          Map.entry(Calls.Feed.class, Contract.TEST_FEED));

  @ParameterizedTest
  @EnumSource(Contract.class)
  void everyEventIsBoundAndEveryBindingIsAnEvent(Contract contract) {
    List<String> bound =
        contract.events().stream().map(event -> text(Binding.of(event).signature(), true)).toList();
    assertThat(bound)
        .containsExactlyInAnyOrderElementsOf(entries(contract.solidityName(), "event"));
  }

  @Test
  void everyErrorIsBoundAndEveryBindingIsAnError() {
    Set<String> inArtifacts = new TreeSet<>(OF_SOLIDITY_ITSELF);
    for (Contract contract : Contract.values()) {
      inArtifacts.addAll(entries(contract.solidityName(), "error"));
    }
    List<String> bound =
        ContractErrors.signatures().stream().map(error -> text(error, false)).toList();
    assertThat(inArtifacts).containsAll(bound);
    // Two contracts may name the parameters of one error differently.
    assertThat(bound.stream().map(error -> Signature.parse(error).canonical()))
        .containsExactlyInAnyOrderElementsOf(
            inArtifacts.stream()
                .map(error -> Signature.parse(error).canonical())
                .collect(Collectors.toSet()));
  }

  @Test
  void everyCallIsAFunctionOfItsContract() {
    List<Class<?>> groups =
        Arrays.stream(Calls.class.getDeclaredClasses()).filter(Class::isInterface).toList();
    assertThat(groups).hasSameSizeAs(CALLS.keySet());
    for (Class<?> group : groups) {
      Contract contract = Objects.requireNonNull(CALLS.get(group), group.getSimpleName());
      Set<String> functions = new HashSet<>(entries(contract.solidityName(), "function"));
      for (Class<?> call : group.getDeclaredClasses()) {
        Binding binding = Binding.of(call);
        assertThat(functions).contains(text(binding.signature(), false));
        assertResultFits(binding);
      }
    }
  }

  private static void assertResultFits(Binding binding) {
    List<AbiType.Field> outputs = binding.signature().outputs().fields();
    boolean fits =
        outputs.size() == 1
            ? Values.fits(Binding.boxless(binding.result()), outputs.get(0).type())
            : RecordShape.of((Class<?>) binding.result()).fits(binding.signature().outputs());
    assertThat(fits).as("result of " + binding.signature().canonical()).isTrue();
  }

  @Test
  void everyEventRecordBelongsToAContract() {
    List<Class<? extends ContractEvent>> bound =
        Stream.of(Contract.values()).flatMap(contract -> contract.events().stream()).toList();
    assertThat(
            Stream.concat(
                Arrays.stream(ContractEvent.class.getPermittedSubclasses()),
                Arrays.stream(GovernanceEvent.class.getPermittedSubclasses())))
        .filteredOn(Class::isRecord)
        .hasSizeGreaterThan(60)
        .allSatisfy(event -> assertThat(bound.stream().anyMatch(event::equals)).isTrue());
  }

  @Test
  void noArtifactIsForgotten() throws Exception {
    try (Stream<java.nio.file.Path> files =
        java.nio.file.Files.list(InstalledAnvil.project().resolve("contracts/artifacts"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".json")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Contract.values()).map(c -> c.solidityName() + ".json").toList());
    }
  }

  /** Entries of one type in an ABI, written as our signatures are. */
  private static List<String> entries(String artifact, String type) {
    List<String> entries = new ArrayList<>();
    for (JsonNode entry : Artifact.of(artifact).abi()) {
      if (entry.path("type").asText().equals(type)) {
        String outputs = type.equals("function") ? list(entry.path("outputs"), false) : "()";
        entries.add(
            entry.path("name").asText() + list(entry.path("inputs"), true) + " -> " + outputs);
      }
    }
    return type.equals("error")
        ? entries.stream().map(entry -> entry.replace(" -> ()", "")).toList()
        : entries;
  }

  private static String list(JsonNode parameters, boolean named) {
    List<String> texts = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String type = parameter.path("type").asText();
      String written =
          type.startsWith("tuple")
              ? list(parameter.path("components"), true) + type.substring("tuple".length())
              : type;
      String indexed = parameter.path("indexed").asBoolean() ? " indexed" : "";
      // Solidity's names end with _ where they would hide something.
      String name = parameter.path("name").asText().replaceAll("_$", "");
      texts.add(written + indexed + (named ? " " + name : ""));
    }
    return "(" + String.join(", ", texts) + ")";
  }

  private static String text(Signature signature, boolean event) {
    String inputs = signature.name() + list(signature.inputs(), true);
    boolean error = !event && ContractErrors.signatures().contains(signature);
    return error ? inputs : inputs + " -> " + list(signature.outputs(), false);
  }

  /** Results are compared by type alone: most have no name in Solidity. */
  private static String list(AbiType.Tuple tuple, boolean named) {
    List<String> texts = new ArrayList<>();
    for (AbiType.Field field : tuple.fields()) {
      String name = named ? " " + field.name() : "";
      texts.add(written(field.type()) + (field.indexed() ? " indexed" : "") + name);
    }
    return "(" + String.join(", ", texts) + ")";
  }

  private static String written(AbiType type) {
    return switch (type) {
      case AbiType.Tuple tuple -> list(tuple, true);
      case AbiType.ArrayOf array -> written(array.element()) + "[]";
      case AbiType.Uint _,
          AbiType.Int _,
          AbiType.Address _,
          AbiType.Bool _,
          AbiType.FixedBytes _,
          AbiType.DynamicBytes _,
          AbiType.Text _ ->
          type.canonical();
    };
  }
}
