package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphqlErrorException;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.CoercedVariables;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.jspecify.annotations.Nullable;

/** The API's answers by GraphQL: the fields of the root are its paths. */
final class Graph {
  private static final int MAX_DEPTH = 10;

  /** Each question of the root counts as so many fields, each row as the fields asked of it. */
  private static final int MAX_COMPLEXITY = 20_000;

  private static final int ROOT_COST = 500;
  private static final int MAX_TEXT = 8192;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Fields of the root and the endpoints that answer them. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("deployment", "deployment"),
          Map.entry("overview", "overview"),
          Map.entry("networks", "networks"),
          Map.entry("network", "networks/{network}"),
          Map.entry("networkEpochs", "networks/{network}/epochs"),
          Map.entry("epochs", "epochs"),
          Map.entry("epoch", "epochs/{epoch}"),
          Map.entry("devices", "devices"),
          Map.entry("device", "devices/{device}"),
          Map.entry("deviceEpochs", "devices/{device}/epochs"),
          Map.entry("account", "accounts/{address}"),
          Map.entry("accountEvents", "accounts/{address}/events"),
          Map.entry("payments", "payments"),
          Map.entry("cells", "cells"),
          Map.entry("operators", "operators"),
          Map.entry("events", "events"),
          Map.entry("search", "search"));

  private final Answers answers;
  private final GraphQL graph;

  Graph(Answers answers) {
    this.answers = answers;
    Map<String, Endpoint> endpoints =
        Endpoints.all().stream().collect(Collectors.toMap(Endpoint::path, Function.identity()));
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring().scalar(scalar("Long")).scalar(scalar("Any"));
    FIELDS.forEach((field, path) -> {
      Endpoint endpoint = Objects.requireNonNull(endpoints.get("/api/v1/" + path));
      wiring.type("Query", type -> type.dataFetcher(field, env -> fetch(endpoint, env)));
    });
    graph =
        GraphQL.newGraphQL(
                new SchemaGenerator()
                    .makeExecutableSchema(new SchemaParser().parse(schema()), wiring.build()))
            .instrumentation(
                new ChainedInstrumentation(
                    List.of(
                        new MaxQueryDepthInstrumentation(MAX_DEPTH),
                        new MaxQueryComplexityInstrumentation(
                            MAX_COMPLEXITY,
                            (env, below) ->
                                FIELDS.containsKey(env.getField().getName())
                                    ? ROOT_COST + below * rows(env.getArguments())
                                    : 1 + below))))
            .build();
  }

  private static int rows(Map<String, Object> arguments) {
    return arguments.get("limit") instanceof Number limit
        ? Math.clamp(limit.longValue(), 1, Parameters.MAX_LIMIT)
        : 1;
  }

  private static String schema() {
    try (InputStream in =
        Objects.requireNonNull(Graph.class.getResourceAsStream("/explorer/schema.graphqls"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the schema is part of the program", e);
    }
  }

  private Map<String, Object> fetch(Endpoint endpoint, DataFetchingEnvironment env)
      throws IOException {
    Map<String, String> values = new TreeMap<>();
    env.getArguments()
        .forEach((name, value) -> {
          if (value != null) {
            values.put(name, value.toString());
          }
        });
    try {
      ObjectNode json = answers.object(endpoint, values);
      return MAPPER.convertValue(json, new TypeReference<Map<String, Object>>() {});
    } catch (ApiException e) {
      throw GraphqlErrorException.newErrorException().message(e.getMessage()).build();
    }
  }

  /** What the specification says that an answer looks like. */
  JsonNode answer(JsonNode question) throws ApiException {
    JsonNode query = question.path("query");
    if (!query.isTextual() || query.asText().length() > MAX_TEXT) {
      throw Parameters.malformed("query is a text of at most " + MAX_TEXT + " characters.");
    }
    Map<String, Object> variables = new HashMap<>();
    if (question.path("variables").isObject()) {
      variables.putAll(
          MAPPER.convertValue(
              question.path("variables"), new TypeReference<Map<String, Object>>() {}));
    }
    ExecutionInput.Builder input =
        ExecutionInput.newExecutionInput().query(query.asText()).variables(variables);
    if (question.path("operationName").isTextual()) {
      input.operationName(question.path("operationName").asText());
    }
    JsonNode tree = MAPPER.valueToTree(graph.execute(input.build()).toSpecification());
    return tree == null ? Json.object() : tree;
  }

  /** A scalar that goes out as it is; numbers come in as such. */
  private static GraphQLScalarType scalar(String name) {
    return GraphQLScalarType.newScalar().name(name).coercing(new AsItIs()).build();
  }

  private static final class AsItIs implements Coercing<Object, Object> {
    @Override
    public @Nullable Object serialize(Object result, GraphQLContext context, Locale locale) {
      return result;
    }

    @Override
    public @Nullable Object parseValue(Object input, GraphQLContext context, Locale locale) {
      return input instanceof Number || input instanceof String ? input : null;
    }

    @Override
    public @Nullable Object parseLiteral(
        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return input instanceof IntValue number ? number.getValue() : BigInteger.ZERO;
    }
  }
}
