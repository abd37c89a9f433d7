package org.groundwork.networks.storage.arweave;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphqlErrorException;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.groundwork.protocol.Hash;
import org.jspecify.annotations.Nullable;

/** Finds items by GraphQL, with the schema of Arweave's gateways. */
final class GraphQlApi {
  private static final int MAX_FIRST = 100;
  private static final int MAX_LIST = 1000;
  private static final int MAX_DEPTH = 12;
  private static final int MAX_FIELDS = 300;
  private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}");

  private final ItemIndex index;
  private final GraphQL graphQl;

  GraphQlApi(ItemIndex index) {
    this.index = index;
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .type(
                "Query",
                type ->
                    type.dataFetcher("transaction", this::transaction)
                        .dataFetcher("transactions", this::transactions))
            .build();
    graphQl =
        GraphQL.newGraphQL(
                new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl()), wiring))
            .instrumentation(
                new ChainedInstrumentation(
                    List.of(
                        new MaxQueryDepthInstrumentation(MAX_DEPTH),
                        new MaxQueryComplexityInstrumentation(MAX_FIELDS))))
            .build();
  }

  private static String sdl() {
    try (InputStream in =
        Objects.requireNonNull(GraphQlApi.class.getResourceAsStream("permanent.graphqls"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the schema is part of the program", e);
    }
  }

  /** What the specification says that an answer looks like. */
  Map<String, Object> execute(String query, Map<String, Object> variables) {
    return graphQl
        .execute(ExecutionInput.newExecutionInput().query(query).variables(variables).build())
        .toSpecification();
  }

  private @Nullable Map<String, Object> transaction(DataFetchingEnvironment env)
      throws IOException {
    String text = Objects.requireNonNull(env.getArgument("id"));
    Optional<Hash> id = Base64Url.id(text);
    return id.isEmpty() ? null : index.find(id.get()).map(ItemJson::node).orElse(null);
  }

  private Map<String, Object> transactions(DataFetchingEnvironment env) throws IOException {
    ItemQuery query = query(env);
    boolean hopeless = asksForNothing(env);
    ItemQuery.Page page = hopeless ? new ItemQuery.Page(List.of(), false) : query.run(index);
    List<Map<String, Object>> edges = new ArrayList<>();
    for (ItemRecord item : page.items()) {
      edges.add(Map.of("cursor", Long.toString(item.sequence()), "node", ItemJson.node(item)));
    }
    return Map.of("pageInfo", Map.of("hasNextPage", page.more()), "edges", edges);
  }

  private static ItemQuery query(DataFetchingEnvironment env) {
    Map<String, Object> block = env.getArgumentOrDefault("block", Map.of());
    return new ItemQuery(
        hashes(env, "ids"),
        hashes(env, "owners"),
        hashes(env, "recipients"),
        tags(env),
        hashes(env, "bundledIn"),
        block.get("min") instanceof Integer min ? min : 0,
        block.get("max") instanceof Integer max ? max : Long.MAX_VALUE,
        Math.clamp(env.getArgumentOrDefault("first", 10), 1, MAX_FIRST),
        cursor(env.getArgumentOrDefault("after", "")),
        env.getArgumentOrDefault("sort", "HEIGHT_DESC").equals("HEIGHT_DESC"));
  }

  /** Whether a list holds nothing that could be an id: then no item fits it. */
  private static boolean asksForNothing(DataFetchingEnvironment env) {
    return List.of("ids", "owners", "recipients", "bundledIn").stream()
        .anyMatch(name -> !list(env, name).isEmpty() && hashes(env, name).isEmpty());
  }

  private static List<String> list(DataFetchingEnvironment env, String name) {
    List<String> list = env.getArgumentOrDefault(name, List.of());
    if (list.size() > MAX_LIST) {
      throw refused(name + " has more than " + MAX_LIST + " entries");
    }
    return list;
  }

  private static List<Hash> hashes(DataFetchingEnvironment env, String name) {
    List<Hash> hashes = new ArrayList<>();
    for (String text : list(env, name)) {
      Base64Url.id(text).ifPresent(hashes::add);
    }
    return hashes;
  }

  private static List<ItemQuery.TagFilter> tags(DataFetchingEnvironment env) {
    List<Map<String, Object>> given = env.getArgumentOrDefault("tags", List.of());
    List<ItemQuery.TagFilter> filters = new ArrayList<>();
    for (Map<String, Object> tag : given) {
      List<String> values = new ArrayList<>();
      if (tag.get("values") instanceof List<?> list) {
        list.forEach(value -> values.add(String.valueOf(value)));
      }
      if (values.size() > MAX_LIST || filters.size() > MAX_LIST) {
        throw refused("more than " + MAX_LIST + " tags or values");
      }
      filters.add(
          new ItemQuery.TagFilter(
              String.valueOf(tag.get("name")), values, !"NEQ".equals(tag.get("op"))));
    }
    return filters;
  }

  private static long cursor(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!CURSOR.matcher(text).matches()) {
      throw refused("after is no cursor of this gateway");
    }
    return Long.parseLong(text);
  }

  private static GraphqlErrorException refused(String message) {
    return GraphqlErrorException.newErrorException().message(message).build();
  }

  /** Variables as JSON has them. */
  static Map<String, Object> variables(Map<?, ?> json) {
    Map<String, Object> variables = new HashMap<>();
    json.forEach((name, value) -> variables.put(String.valueOf(name), value));
    return variables;
  }
}
