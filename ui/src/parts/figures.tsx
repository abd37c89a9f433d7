import { useDeployment } from "../api/deployment";
import type { Figures } from "../api/types";
import { dollars as dollarText } from "../format/amount";
import { count, percent, plural, reading, readingDollars, short } from "../format/number";
import { column, dollars, epochs, inDollars, tokens } from "../pages/figures";
import { Chart } from "./chart";
import { None } from "./values";

/** Dollars of subsidy for each dollar that customers who are not linked to the sellers paid. */
export function SubsidyRatio({ bps }: { bps: number | null }) {
  return bps === null ? <None why="no revenue to compare with" /> : <span>{readingDollars(bps / 10_000)}</span>;
}

/** A price of a token in dollars. */
export function PriceText({ price }: { price: string }) {
  const { priceDecimals } = useDeployment();
  return price === "" ? <None why="no price yet" /> : <span>{dollarText(price, priceDecimals)}</span>;
}

/** Part of a whole, as a sentence under a number. */
export function shareOf(part: number, whole: number, of: string): string {
  return whole === 0 ? `of no ${of}` : `${percent(part / whole)} of ${count(whole)} ${of}`;
}

const whole = (value: number) => count(value);

/** What customers paid and what was added, in dollars, so that they can be compared. */
export function MoneyChart({ series }: { series: Figures[] }) {
  const deployment = useDeployment();
  const subsidy = column("Subsidy", 2, series, (each) => {
    const value = inDollars(deployment, each.subsidy, each.price);
    return value === undefined ? null : Number(BigInt(value)) / 10 ** deployment.credits.decimals;
  });
  return (
    <Chart
      title="Revenue and subsidy"
      note="What customers paid, and tokens that no customer burned for, in dollars."
      labels={epochs(series)}
      labelName="Epoch"
      kind="lines"
      series={[dollars(deployment, "Customers", 1, series, (each) => each.revenue), subsidy]}
      format={readingDollars}
      axis={(value) => `$${short(value)}`}
    />
  );
}

/** Where tokens went. */
export function TokensChart({ series }: { series: Figures[] }) {
  const deployment = useDeployment();
  return (
    <Chart
      title="Burned and paid"
      note="Tokens that charges consumed, and what providers were paid of them."
      labels={epochs(series)}
      labelName="Epoch"
      kind="lines"
      series={[
        tokens(deployment, "Burned", 4, series, (each) => each.burned),
        tokens(deployment, "Paid to providers", 1, series, (each) => each.payments),
      ]}
      format={(value) => `${reading(value)} ${deployment.token.symbol}`}
    />
  );
}

/** How many devices there are, how many proved something, how many were paid. */
export function SupplyChart({ series }: { series: Figures[] }) {
  return (
    <Chart
      title="Devices"
      note="Registered on chain; proven: work of theirs counted; paid: a customer paid for it."
      labels={epochs(series)}
      labelName="Epoch"
      kind="lines"
      series={[
        { ...column("Registered", 3, series, (each) => each.registered), dashed: true },
        column("Proven", 2, series, (each) => each.proven),
        column("Paid", 1, series, (each) => each.paid),
      ]}
      format={whole}
    />
  );
}

/** How much hangs on one customer, and on customers who are close to whom they pay. */
export function PayersChart({ series }: { series: Figures[] }) {
  return (
    <Chart
      title="Concentration of payers"
      note="The largest payer's share of revenue, and the share of payers linked to the provider that they paid."
      labels={epochs(series)}
      labelName="Epoch"
      kind="lines"
      series={[
        column("Top payer", 3, series, (each) => (each.payers === 0 ? null : each.topPayerBps / 100)),
        column("Linked payers", 4, series, (each) => (each.payers === 0 ? null : each.linkedBps / 100)),
      ]}
      format={(value) => percent(value / 100)}
      axis={(value) => `${short(value)}%`}
    />
  );
}

/** Subsidy for each dollar of revenue. */
export function SubsidyChart({ series }: { series: Figures[] }) {
  return (
    <Chart
      title="Subsidy ratio"
      note="Dollars of subsidy for each dollar of revenue from payers who are not linked to the seller."
      labels={epochs(series)}
      labelName="Epoch"
      kind="lines"
      series={[column("Ratio", 2, series, (each) => (each.subsidyBps === null ? null : each.subsidyBps / 10_000))]}
      format={readingDollars}
      axis={(value) => `$${short(value)}`}
    />
  );
}

/** What paid devices got in each epoch. */
export function EarningsChart({ series }: { series: Figures[] }) {
  const deployment = useDeployment();
  return (
    <Chart
      title="Earnings of a paid device"
      note="Tokens for service: what the middle device got, and between what eight of ten lay."
      labels={epochs(series)}
      labelName="Epoch"
      kind="lines"
      series={[
        { ...tokens(deployment, "Nine of ten got at most", 3, series, (each) => each.earningsP90), dashed: true },
        tokens(deployment, "Middle", 1, series, (each) => each.earningsP50),
        { ...tokens(deployment, "Nine of ten got at least", 3, series, (each) => each.earningsP10), dashed: true },
      ]}
      format={(value) => `${reading(value)} ${deployment.token.symbol}`}
    />
  );
}

/** "3 payers, 12 sellers". */
export function partiesOf(figures: Figures): string {
  return `${plural(figures.payers, "payer")}, ${plural(figures.sellers, "seller")}`;
}
