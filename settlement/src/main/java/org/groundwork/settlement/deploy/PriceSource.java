package org.groundwork.settlement.deploy;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Price;

/** Where a deployment's prices come from: US dollars a token, with 8 decimals. */
public sealed interface PriceSource {
  /** Two feeds in AggregatorV3 shape that exist. */
  record Feeds(AccountId first, AccountId second) implements PriceSource {}

  /** One price that the governor posts, which moves at most {@code maxChange} a day. */
  record Posted(Price price, BasisPoints maxChange) implements PriceSource {}

  /** Two feeds that are deployed too and belong to the genesis holder: for local chains only. */
  record Test(Price price) implements PriceSource {}
}
