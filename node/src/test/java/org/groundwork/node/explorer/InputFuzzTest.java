package org.groundwork.node.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.node.explorer.api.Answers;
import org.groundwork.node.explorer.api.Endpoint;
import org.groundwork.node.explorer.api.Endpoints;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;

/** Whatever stands in a query, it is answered or refused, and changes nothing. */
class InputFuzzTest {
  private static final List<Endpoint> ENDPOINTS = Endpoints.all();
  private static final ExplorerBed BED = bed();
  private static final Answers ANSWERS = BED.answers();

  private static ExplorerBed bed() {
    try {
      ScriptedChain chain = new ScriptedChain();
      chain.add(ExplorerBed.network());
      chain.add(ExplorerBed.device(1, ""));
      chain.add(chain.result(0, Map.of(1L, 100L)));
      ExplorerBed bed = new ExplorerBed(new DatabaseAddress("jdbc:h2:mem:fuzz"), chain);
      bed.index();
      return bed;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void takesAnything(FuzzedDataProvider data) throws IOException {
    Endpoint endpoint = data.pickValue(ENDPOINTS.toArray(Endpoint[]::new));
    Map<String, String> values = new TreeMap<>();
    for (String name : endpoint.parameters()) {
      if (!name.equals("format") && data.consumeBoolean()) {
        values.put(name, data.consumeString(250));
      }
    }
    try {
      assertThat(ANSWERS.answer(endpoint, values, values.toString()).content().size()).isPositive();
    } catch (ApiException refused) {
      assertThat(refused.error()).isIn(ApiError.MALFORMED, ApiError.NOT_FOUND);
    }
  }
}
