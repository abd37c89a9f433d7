import { useState } from "react";
import { useApi } from "../api/client";
import { epochSeconds, nameOf, useDeployment } from "../api/deployment";
import type { Network, NetworkRow, Page } from "../api/types";
import { parseAmount } from "../format/amount";
import { count } from "../format/number";
import { inDollars } from "../pages/figures";
import { Empty, Read } from "../parts/layout";
import { Table } from "../parts/table";
import { Dollars, None, Tokens } from "../parts/values";
import { type Range, range, sentence } from "./estimates";

const SPANS: [string, number][] = [
  ["An epoch", 0],
  ["A day", 86_400],
  ["A month", 30 * 86_400],
];

export function Estimate() {
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  const [chosen, setChosen] = useState("");
  const id = chosen || String(networks.data?.items[0]?.network ?? "");
  const network = useApi<Network>(id ? `networks/${id}` : undefined);
  return (
    <>
      <p className="note">What one more device, as good as the others, would have earned of customers in the last epochs. The past promises nothing.</p>
      <Read from={networks}>
        {(rows) =>
          rows.items.length === 0 ? (
            <Empty title="This deployment has no network yet." />
          ) : (
            <>
              <div className="action">
                <div className="field">
                  <label htmlFor="estimate-network">Network</label>
                  <select id="estimate-network" value={id} onChange={(event) => setChosen(event.target.value)}>
                    {rows.items.map((row) => (
                      <option key={row.network} value={row.network}>
                        {nameOf(row)}
                      </option>
                    ))}
                  </select>
                </div>
              </div>
              <Read from={network}>{(data) => <Shown data={data} />}</Read>
            </>
          )
        }
      </Read>
    </>
  );
}

function Shown({ data }: { data: Network }) {
  const deployment = useDeployment();
  const found = range(data.series);
  const price = data.now.price ?? "";
  const times = (seconds: number) => (seconds === 0 ? 1n : BigInt(Math.max(1, Math.floor(seconds / epochSeconds(deployment)))));
  if (found.epochs === 0) return <Empty title="No epoch has judged a device of this network yet: nothing can be said." />;
  const cell = (tokens: bigint) => {
    const dollars = inDollars(deployment, tokens.toString(), price);
    return (
      <>
        <Tokens of={tokens.toString()} />
        <br />
        <span className="unit">{dollars === undefined ? <None why="no price" /> : <Dollars of={dollars} />}</span>
      </>
    );
  };
  return (
    <>
      <div style={{ marginTop: 18 }}>
        <Table
          caption="Estimate"
          rows={SPANS}
          keyOf={([name]) => name}
          columns={[
            { name: "Per device", head: true, cell: ([name]) => name },
            { name: "Low", number: true, cell: ([, seconds]) => cell(found.low * times(seconds)) },
            { name: "Middle", number: true, cell: ([, seconds]) => cell(found.middle * times(seconds)) },
            { name: "High", number: true, cell: ([, seconds]) => cell(found.high * times(seconds)) },
          ]}
        />
      </div>
      <p style={{ marginTop: 12, maxWidth: "70ch" }}>{sentence(found)}</p>
      <PayBack found={found} price={price} />
    </>
  );
}

/** How long it takes until a device has earned what it cost. */
function PayBack({ found, price }: { found: Range; price: string }) {
  const deployment = useDeployment();
  const { decimals } = deployment.credits;
  const [cost, setCost] = useState("");
  const [monthly, setMonthly] = useState("2");
  const once = parseAmount(cost, decimals);
  const running = parseAmount(monthly, decimals);
  const month = BigInt(Math.max(1, Math.floor((30 * 86_400) / epochSeconds(deployment))));
  const months = (tokens: bigint): string => {
    const dollars = inDollars(deployment, (tokens * month).toString(), price);
    if (once === undefined || running === undefined || dollars === undefined) return "–";
    const left = BigInt(dollars) - running;
    if (left <= 0n) return "never";
    const needed = (once + left - 1n) / left;
    return needed > 240n ? "more than 20 years" : needed === 1n ? "a month or less" : `${count(Number(needed))} months`;
  };
  return (
    <div className="action">
      <div className="row">
        <div className="field">
          <label htmlFor="cost">What the device costs, dollars</label>
          <input id="cost" inputMode="decimal" value={cost} onChange={(event) => setCost(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="running">Running costs a month, dollars</label>
          <input id="running" inputMode="decimal" value={monthly} onChange={(event) => setMonthly(event.target.value)} />
        </div>
      </div>
      {once !== undefined && running !== undefined && price !== "" ? (
        <p role="status">
          It has earned that back after: high <b>{months(found.high)}</b>, middle <b>{months(found.middle)}</b>, low <b>{months(found.low)}</b>.
        </p>
      ) : null}
    </div>
  );
}
