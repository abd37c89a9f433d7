package org.groundwork.node.explorer.bench;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.groundwork.rules.kit.H3;

/** What the explorer's pages ask, with parameters at random, so that nothing is remembered. */
enum PageQuestions {
  OVERVIEW(_ -> List.of("overview")),
  NETWORK(_ -> List.of("networks/1", "networks/1/epochs")),
  EPOCHS(asked -> List.of("epochs?limit=" + (1 + asked.random().nextInt(200)))),
  EPOCH(asked -> List.of("epochs/" + asked.random().nextInt(asked.size().epochs()))),
  DEVICES(asked -> List.of("devices?cursor=" + asked.device())),
  DEVICES_BY_STATE(asked -> List.of("devices?state=failing&network=1&cursor=" + asked.device())),
  DEVICES_BY_OWNER(asked -> List.of("devices?owner=" + asked.owner())),
  DEVICES_BY_CELL(asked -> List.of("devices?cell=" + asked.cell(4))),
  DEVICE(asked -> List.of("devices/" + asked.device())),
  DEVICE_EPOCHS(asked -> List.of("devices/" + asked.device() + "/epochs")),
  ACCOUNT(asked -> List.of("accounts/" + asked.owner(), "accounts/" + asked.owner() + "/events")),
  PAYMENTS(asked ->
      List.of(
          "payments?epoch=" + asked.random().nextInt(asked.size().epochs()),
          "payments?payer=" + asked.payer(),
          "payments?seller=" + asked.owner())),
  MAP(asked ->
      List.of(
          "cells?resolution=2",
          "cells?resolution=5&within=" + asked.cell(2),
          "cells?resolution=7&within=" + asked.cell(4))),
  GOVERNANCE(_ -> List.of("governance", "proposals")),
  HEALTH(_ -> List.of("health")),
  SEARCH(asked -> List.of("search?q=" + asked.device())),
  EVENTS(_ -> List.of("events?name=ResultAccepted", "operators"));

  private interface Asking {
    List<String> paths(Asked asked);
  }

  /** Where chance comes from. */
  private record Asked(SyntheticSize size, SplittableRandom random) {
    long device() {
      return 1 + random.nextLong(size.devices());
    }

    String owner() {
      return SyntheticDeployment.account("owner", random.nextLong(size.owners())).toHex();
    }

    String payer() {
      return SyntheticDeployment.account("payer", random.nextLong(size.payers())).toHex();
    }

    String cell(int resolution) {
      return Long.toHexString(H3.parent(SyntheticChain.cell(device()), resolution));
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Asking asking;

  PageQuestions(Asking asking) {
    this.asking = asking;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The path of a question by its number. */
  LongFunction<String> questions(SyntheticSize size) {
    return number -> {
      Asked asked = new Asked(size, new SplittableRandom(number * 31 + name().hashCode()));
      List<String> paths = asking.paths(asked);
      return "/api/v1/" + paths.get((int) (number % paths.size()));
    };
  }

  /** All pages in turn. */
  static LongFunction<String> mix(SyntheticSize size) {
    List<LongFunction<String>> pages =
        Stream.of(values()).map(page -> page.questions(size)).toList();
    return number -> pages.get((int) (number % pages.size())).apply(number / pages.size());
  }
}
