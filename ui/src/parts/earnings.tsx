import { useState } from "react";
import { epochSeconds, useDeployment } from "../api/deployment";
import type { Figures, Network } from "../api/types";
import { approximate, dollars, parseAmount } from "../format/amount";
import { count, percent, plural, reading, short } from "../format/number";
import { inDollars } from "../pages/figures";
import { Chart } from "./chart";
import { Empty, Part } from "./layout";
import { Dollars, None, Tokens } from "./values";

const MONTH_SECONDS = 30 * 86_400;

/** What devices earn, beside what one would have to earn. */
export function EarningsPart({ data, now }: { data: Network; now: Figures }) {
  const deployment = useDeployment();
  const [cost, setCost] = useState("5");
  const month = BigInt(Math.floor(MONTH_SECONDS / epochSeconds(deployment)));
  const monthly = (tokens: string) => inDollars(deployment, (BigInt(tokens) * month).toString(), now.price);
  const stated = parseAmount(cost, deployment.credits.decimals);
  const above = stated === undefined ? undefined : shareAbove(data.quantiles, (tokens) => BigInt(monthly(tokens) ?? "0") >= stated);
  const middle = now.earningsP50;
  if (now.paid === 0 || data.quantiles.length === 0) {
    return (
      <Part title="Earnings per device">
        <Empty title="No device was paid in the newest epoch.">Earnings are shown as soon as customers pay for service.</Empty>
      </Part>
    );
  }
  return (
    <Part
      title="Earnings per device"
      note={`Paid for service to the ${plural(now.paid, "device")} that ${now.paid === 1 ? "was" : "were"} paid in epoch ${now.epoch}. A month is reckoned as ${count(Number(month))} epochs like this one; the past promises nothing.`}
    >
      <div className="columns">
        <Chart
          title="Distribution"
          labels={data.quantiles.map((_, i) => `${(i * 100) / Math.max(1, data.quantiles.length - 1)}%`)}
          labelName="Share of devices up to"
          kind="bars"
          series={[{ name: "In this epoch", tone: 1, values: data.quantiles.map((each) => approximate(each, deployment.token.decimals)) }]}
          format={(value) => `${reading(value)} ${deployment.token.symbol}`}
          axis={short}
        />
        <div>
          <dl className="facts">
            <Line name="Nine of ten earned at least" tokens={now.earningsP10} monthly={monthly(now.earningsP10)} />
            <Line name="The middle device earned" tokens={middle} monthly={monthly(middle)} />
            <Line name="Nine of ten earned at most" tokens={now.earningsP90} monthly={monthly(now.earningsP90)} />
          </dl>
          <div className="field" style={{ marginTop: 16 }}>
            <label htmlFor="break-even">Break-even of a device, dollars a month</label>
            <input id="break-even" inputMode="decimal" value={cost} onChange={(event) => setCost(event.target.value)} style={{ width: "10em" }} />
            {stated === undefined ? (
              <span className="wrong">Write an amount such as 5 or 12.50.</span>
            ) : (
              <span className="hint" role="status">
                {now.price === ""
                  ? "Without a token price it cannot be compared."
                  : `About ${percent(above ?? 0)} of the paid devices, and ${percent(((above ?? 0) * now.paid) / Math.max(1, now.registered))} of all registered ones, earn ${dollars(stated.toString(), deployment.credits.decimals)} a month or more.`}
              </span>
            )}
          </div>
        </div>
      </div>
    </Part>
  );
}

/** The share of devices at or above a mark, as fine as the quantiles are. */
export function shareAbove(quantiles: string[], isAbove: (value: string) => boolean): number {
  const first = quantiles.findIndex(isAbove);
  return first < 0 ? 0 : 1 - first / Math.max(1, quantiles.length - 1);
}

function Line({ name, tokens, monthly }: { name: string; tokens: string; monthly: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Tokens of={tokens} /> <span className="unit">an epoch, </span>
        {monthly === undefined ? <None why="no price" /> : <Dollars of={monthly} />} <span className="unit">a month</span>
      </dd>
    </div>
  );
}
