package org.groundwork.node.explorer.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All paths of the API that answer from the database. */
public final class Endpoints {
  private static final String ROOT = "/api/v1/";

  private static final List<String> FIGURES =
      List.of(
          "network",
          "epoch",
          "time",
          "state",
          "registered",
          "active",
          "proven",
          "paid",
          "accepted",
          "rejected",
          "faults",
          "revenue",
          "burned",
          "payments",
          "operations",
          "bootstrap",
          "awarded",
          "duty",
          "treasury",
          "slashed",
          "dust",
          "void",
          "payers",
          "sellers",
          "topPayerBps",
          "unlinkedRevenue",
          "linkedBps",
          "price",
          "subsidy",
          "subsidyBps",
          "earningsP10",
          "earningsP50",
          "earningsP90",
          "revenuePerActive",
          "resultHash",
          "moneyRoot");
  private static final List<String> EPOCHS =
      List.of(
          "epoch",
          "first",
          "attempt",
          "state",
          "time",
          "finalTime",
          "block",
          "transaction",
          "resultHash",
          "moneyRoot",
          "carryRoot",
          "signers",
          "signedBps",
          "revenue",
          "payments",
          "active",
          "paid",
          "files");
  private static final List<String> DEVICES =
      List.of(
          "device",
          "network",
          "owner",
          "cell",
          "state",
          "registered",
          "lastEpoch",
          "accepted",
          "rejected",
          "faults",
          "charged",
          "paid");
  private static final List<String> DEVICE_EPOCHS =
      List.of(
          "epoch",
          "time",
          "epochState",
          "state",
          "charged",
          "paid",
          "bootstrap",
          "accepted",
          "rejected",
          "faults",
          "reasons",
          "resultHash",
          "moneyRoot");
  private static final List<String> PAYMENTS =
      List.of(
          "epoch",
          "time",
          "network",
          "payer",
          "seller",
          "charges",
          "charged",
          "burned",
          "paid",
          "void",
          "linked",
          "state",
          "resultHash",
          "moneyRoot");
  private static final List<String> EVENTS =
      List.of("block", "index", "time", "transaction", "contract", "name", "data");

  private Endpoints() {}

  /** In no order that matters: no path hides another. */
  public static List<Endpoint> all() {
    List<Endpoint> all = new ArrayList<>(lists());
    all.add(Endpoint.one(ROOT + "deployment", Set.of(), OverviewViews::deployment).fresh());
    all.add(Endpoint.one(ROOT + "overview", Set.of(), OverviewViews::overview));
    all.add(Endpoint.one(ROOT + "networks/{network}", Set.of("network"), NetworkViews::network));
    all.add(Endpoint.one(ROOT + "epochs/{epoch}", Set.of("epoch"), EpochViews::epoch));
    all.add(Endpoint.one(ROOT + "devices/{device}", Set.of("device"), DeviceViews::device));
    all.add(Endpoint.one(ROOT + "accounts/{address}", Set.of("address"), AccountViews::account));
    all.add(Endpoint.one(ROOT + "governance", Set.of(), GovernanceViews::governance).fresh());
    all.add(
        Endpoint.one(ROOT + "proposals/{proposal}", Set.of("proposal"), GovernanceViews::proposal)
            .fresh());
    all.add(Endpoint.one(ROOT + "health", Set.of(), HealthViews::health).fresh());
    all.add(Endpoint.one(ROOT + "search", Set.of("q"), SearchViews::search));
    return all;
  }

  private static List<Endpoint> lists() {
    return List.of(
        Endpoint.list(
            ROOT + "networks",
            Set.of(),
            List.of("network", "kind", "title", "devices", "now"),
            NetworkViews::list),
        Endpoint.list(
            ROOT + "networks/{network}/epochs", Set.of("network"), FIGURES, NetworkViews::epochs),
        Endpoint.list(ROOT + "epochs", Set.of(), EPOCHS, EpochViews::list),
        Endpoint.list(
            ROOT + "devices",
            Set.of("network", "owner", "cell", "state"),
            DEVICES,
            DeviceViews::list),
        Endpoint.list(
            ROOT + "devices/{device}/epochs", Set.of("device"), DEVICE_EPOCHS, DeviceViews::epochs),
        Endpoint.list(
            ROOT + "accounts/{address}/events", Set.of("address"), EVENTS, EventViews::ofAccount),
        Endpoint.list(
            ROOT + "payments",
            Set.of("network", "payer", "seller", "epoch"),
            PAYMENTS,
            PaymentViews::list),
        Endpoint.list(
                ROOT + "cells",
                Set.of("resolution", "within", "network"),
                List.of("cell", "registered", "proven", "paid"),
                CellViews::list)
            .with(CellViews::cells),
        Endpoint.list(
                ROOT + "proposals",
                Set.of(),
                List.of(
                    "proposal",
                    "proposer",
                    "description",
                    "state",
                    "voteStart",
                    "voteEnd",
                    "for",
                    "against",
                    "abstain",
                    "time"),
                GovernanceViews::list)
            .fresh(),
        Endpoint.list(
            ROOT + "disputes",
            Set.of(),
            List.of(
                "dispute", "epoch", "resultHash", "disputer", "bond", "reason", "state", "time"),
            DisputeViews::list),
        Endpoint.list(
                ROOT + "operators",
                Set.of(),
                List.of(
                    "role",
                    "operator",
                    "signer",
                    "endpoint",
                    "stake",
                    "weight",
                    "leaving",
                    "signed",
                    "of",
                    "slashed"),
                OperatorViews::list)
            .with(OperatorViews::operators),
        Endpoint.list(ROOT + "events", Set.of("name"), EVENTS, EventViews::list));
  }
}
