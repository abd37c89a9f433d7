import type { Deployment, Figures } from "../api/types";
import { approximate } from "../format/amount";
import type { Series } from "../parts/chart";

const NOTHING: Figures = {
  network: 0,
  epoch: -1,
  time: 0,
  state: "accepted",
  moneyRoot: "",
  resultHash: "",
  registered: 0,
  active: 0,
  proven: 0,
  paid: 0,
  accepted: 0,
  rejected: 0,
  faults: 0,
  revenue: "0",
  burned: "0",
  payments: "0",
  operations: "0",
  bootstrap: "0",
  awarded: "0",
  duty: "0",
  treasury: "0",
  slashed: "0",
  dust: "0",
  void: "0",
  payers: 0,
  sellers: 0,
  topPayerBps: 0,
  unlinkedRevenue: "0",
  linkedBps: 0,
  price: "",
  subsidy: "0",
  subsidyBps: null,
  earningsP10: "0",
  earningsP50: "0",
  earningsP90: "0",
  revenuePerActive: "0",
};

/** The newest figures; nothing of everything before the first epoch is indexed. */
export function newest(of: { now: Partial<Figures>; devices?: number }): Figures {
  return of.now.epoch === undefined ? { ...NOTHING, registered: of.devices ?? 0 } : { ...NOTHING, ...of.now };
}

/** One value of each epoch, for charts. */
export function column(
  name: string,
  tone: Series["tone"],
  series: readonly Figures[],
  value: (figures: Figures) => number | null,
): Series {
  return { name, tone, values: series.map(value) };
}

/** An amount of tokens of each epoch, for charts. */
export function tokens(
  deployment: Deployment,
  name: string,
  tone: Series["tone"],
  series: readonly Figures[],
  value: (figures: Figures) => string,
): Series {
  return column(name, tone, series, (each) => approximate(value(each), deployment.token.decimals));
}

/** An amount of dollars of each epoch, for charts. */
export function dollars(
  deployment: Deployment,
  name: string,
  tone: Series["tone"],
  series: readonly Figures[],
  value: (figures: Figures) => string,
): Series {
  return column(name, tone, series, (each) => approximate(value(each), deployment.credits.decimals));
}

/** The numbers of the epochs, for the axis. */
export function epochs(series: readonly Figures[]): string[] {
  return series.map((each) => String(each.epoch));
}

/** The sum of an amount over epochs. */
export function sum(series: readonly Figures[], value: (figures: Figures) => string): string {
  return series.reduce((total, each) => total + BigInt(value(each)), 0n).toString();
}

/** Tokens as dollars at a price, in the smallest unit of credits, rounded down; undefined without a price. */
export function inDollars(deployment: Deployment, amount: string, price: string): string | undefined {
  if (price === "" || price === "0") return undefined;
  const shift = deployment.token.decimals + deployment.priceDecimals - deployment.credits.decimals;
  return ((BigInt(amount) * BigInt(price)) / 10n ** BigInt(shift)).toString();
}
