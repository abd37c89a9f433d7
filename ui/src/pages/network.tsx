import type { ReactNode } from "react";
import { useApi } from "../api/client";
import { epochSeconds, nameOf, useDeployment } from "../api/deployment";
import type { Network } from "../api/types";
import { count, percent, plural } from "../format/number";
import { duration } from "../format/time";
import { DEVICE_STATES, DeviceBadge } from "../parts/badges";
import { Meter } from "../parts/chart";
import { EarningsPart } from "../parts/earnings";
import { EarningsChart, partiesOf, PayersChart, PriceText, shareOf, SubsidyChart, SubsidyRatio, SupplyChart, TokensChart, MoneyChart } from "../parts/figures";
import { newest } from "./figures";
import { Empty, Facts, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { SourceLine } from "../parts/source";
import { Downloads, Table } from "../parts/table";
import { AccountLink, Bps, Dollars, EpochLink, HashText, Moment, None, Tokens } from "../parts/values";
import { Link } from "../router";

export default function NetworkPage({ id }: { id: string }) {
  const network = useApi<Network>(`networks/${encodeURIComponent(id)}`);
  const data = network.data;
  return (
    <>
      <PageHead
        title={data ? nameOf(data) : `Network ${id}`}
        crumbs={<Link href="/networks">Networks</Link>}
        lead={data ? <>Network {data.network}, kind {data.kind}. {data.now.epoch === undefined ? "No epoch has judged it yet." : <>Figures of epoch <EpochLink epoch={data.now.epoch} />.</>}</> : undefined}
      />
      <Read from={network} missing={<Empty title={`This deployment has no network ${id}.`}><Link href="/networks">See those that it has</Link>.</Empty>}>
        {(known) => <Shown data={known} />}
      </Read>
    </>
  );
}

function Shown({ data }: { data: Network }) {
  const now = newest(data);
  const query = `networks/${data.network}/epochs`;
  return (
    <>
      <Stats>
        <Stat label="Devices paid" value={count(now.paid)} under={shareOf(now.paid, now.registered, "registered")} />
        <Stat label="Devices proven" value={count(now.proven)} under={shareOf(now.proven, now.registered, "registered")} />
        <Stat label="Revenue" value={<Dollars of={now.revenue} />} under={partiesOf(now)} />
        <Stat label="Revenue, payers not linked" value={<Dollars of={now.unlinkedRevenue} />} under={now.payers === 0 ? "no payer" : `${percent(1 - now.linkedBps / 10_000)} of revenue`} />
        <Stat label="Top payer's share" value={now.payers === 0 ? <None why="no payer" /> : <Bps of={now.topPayerBps} />} under={plural(now.payers, "payer")} />
        <Stat label="To providers" value={<Tokens of={now.payments} />} under={<>of <Tokens of={now.burned} /> burned</>} />
        <Stat label="Subsidy per $1 of revenue" value={<SubsidyRatio bps={now.subsidyBps} />} under={<><Tokens of={now.subsidy} /> in all</>} />
        <Stat label="Revenue per device heard of" value={<Dollars of={now.revenuePerActive} />} under={<>token price <PriceText price={now.price} /></>} />
      </Stats>
      {data.series.length === 0 ? (
        <section className="part">
          <Empty title="No epoch has judged this network yet.">Charts appear with the first result after the network was created.</Empty>
        </section>
      ) : (
        <Part title="Over the last epochs" links={<Downloads path={query} />}>
          <div className="columns charts">
            <SupplyChart series={data.series} />
            <MoneyChart series={data.series} />
            <TokensChart series={data.series} />
            <SubsidyChart series={data.series} />
            <PayersChart series={data.series} />
            <EarningsChart series={data.series} />
          </div>
        </Part>
      )}
      <EarningsPart data={data} now={now} />
      <div className="columns" style={{ marginTop: 36 }}>
        <Part title="Who pays" note="The largest payers of the newest period of emission.">
          <Payers data={data} />
        </Part>
        <Part title="Payers kept" note="Emission falls at the start of each period. Who pays before and after buys for the service, not for the subsidy.">
          <Cohorts data={data} />
        </Part>
      </div>
      <div className="columns" style={{ marginTop: 36 }}>
        <Part title="Devices by state" links={<><Link href={`/devices?network=${data.network}`}>All devices</Link><Link href={`/map?network=${data.network}`}>Map</Link></>}>
          <States data={data} />
        </Part>
        <Part title="Terms">
          <Terms data={data} />
        </Part>
      </div>
      {data.parameters ? (
        <Part title="Parameters" note="As they stand on chain.">
          <details>
            <summary>Show them ({plural(data.parameters.length, "character")})</summary>
            <pre className="scroll" tabIndex={0} style={{ maxHeight: 420, overflow: "auto", background: "var(--sunk)", padding: 14, marginTop: 8 }}>
              {data.parameters}
            </pre>
          </details>
        </Part>
      ) : null}
      <SourceLine of={data.source} />
    </>
  );
}

function Payers({ data }: { data: Network }) {
  if (data.topPayers.length === 0) return <Empty title="Nobody has paid yet.">Revenue begins when a customer reserves credits and is served.</Empty>;
  return (
    <Table
      caption="Largest payers"
      rows={data.topPayers}
      keyOf={(row) => row.payer}
      columns={[
        { name: "Payer", head: true, cell: (row) => <AccountLink of={row.payer} /> },
        { name: "Charged", number: true, cell: (row) => <Dollars of={row.charged} /> },
        { name: "Share", number: true, cell: (row) => <Bps of={row.shareBps} /> },
        { name: "Linked to a seller", cell: (row) => (row.linked ? "Yes" : "No") },
      ]}
    />
  );
}

function Cohorts({ data }: { data: Network }) {
  const { economy } = useDeployment();
  if (data.cohorts.length === 0) return <Empty title="No period of emission has ended yet." />;
  return (
    <>
      <Table
        caption="Payers by period of emission"
        rows={data.cohorts}
        keyOf={(row) => row.period}
        columns={[
          { name: "From epoch", head: true, cell: (row) => <EpochLink epoch={row.fromEpoch} /> },
          { name: "Payers", number: true, cell: (row) => count(row.payers) },
          { name: "Of those before", number: true, cell: (row) => (row.keptBps === null ? <None why="first period" /> : <>{count(row.kept)} kept, <Bps of={row.keptBps} /></>) },
          { name: "Revenue", number: true, cell: (row) => <Dollars of={row.revenue} /> },
        ]}
      />
      <p className="note" style={{ marginTop: 8 }}>
        A period has {plural(economy.periodEpochs, "epoch")}; each emits {percent(economy.declineBps / 10_000)} of what the one before did.
      </p>
    </>
  );
}

function States({ data }: { data: Network }) {
  return (
    <Table
      caption="Devices by state"
      rows={DEVICE_STATES}
      keyOf={(row) => row.state}
      columns={[
        { name: "State", head: true, cell: (row) => <Link href={`/devices?network=${data.network}&state=${row.state}`} style={{ textDecoration: "none" }}><DeviceBadge state={row.state} /></Link> },
        { name: "Meaning", cell: (row) => <span className="note">{row.meaning}</span> },
        { name: "Devices", number: true, cell: (row) => count(data.states?.[row.state] ?? 0) },
        { name: "Share", number: true, cell: (row) => (data.devices === 0 ? <None /> : <Meter share={(data.states?.[row.state] ?? 0) / data.devices} />) },
      ]}
    />
  );
}

function Terms({ data }: { data: Network }) {
  const deployment = useDeployment();
  const { bootstrap, totals } = data;
  return (
    <Facts
      of={[
        ["Created", <Moment at={data.created} />],
        ["Rules", <HashText of={data.rulesHash} what="rules hash" />],
        ["Revenue so far", <Dollars of={totals.revenue} />],
        ["Paid so far", <Tokens of={totals.payments} />],
        ["Claimed so far", <Tokens of={totals.claimed} />],
        [
          "Bootstrap budget",
          bootstrap.initial === "0" ? (
            "None: only customers pay here"
          ) : (
            <>
              <Tokens of={bootstrap.initial} /> an epoch at first, falling to nothing from epoch {count(bootstrap.start)} to{" "}
              {count(bootstrap.end)}; <Tokens of={totals.bootstrap} /> paid so far
            </>
          ),
        ],
        ...(bootstrap.initial === "0"
          ? []
          : ([
              ["Most for one cell", <><Bps of={bootstrap.maxCellBps} /> of an epoch’s budget</>],
              ["Stake of a device for it", <Tokens of={bootstrap.deviceStake} />],
            ] satisfies [string, ReactNode][])),
        ["Length of an epoch", duration(epochSeconds(deployment))],
      ]}
    />
  );
}
