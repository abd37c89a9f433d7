import type { ReactNode } from "react";
import { useApi } from "../api/client";
import { closeOf, epochAt, nameOf, useDeployment } from "../api/deployment";
import type { EpochRow, Health, NetworkRow, Overview, Page, ResultRow } from "../api/types";
import { count, plural } from "../format/number";
import { duration } from "../format/time";
import { EpochBadge } from "../parts/badges";
import { MoneyChart, partiesOf, PriceText, shareOf, SubsidyRatio, SupplyChart } from "../parts/figures";
import { Empty, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { SignList } from "../parts/signs";
import { newest } from "./figures";
import { SourceLine } from "../parts/source";
import { Table } from "../parts/table";
import { Ago, Bps, Dollars, EpochLink, None, Tokens, useNow } from "../parts/values";
import { Link } from "../router";

export function OverviewPage() {
  const overview = useApi<Overview>("overview");
  const epochs = useApi<Page<EpochRow>>("epochs?limit=8");
  const health = useApi<Health>("health");
  const { token } = useDeployment();
  return (
    <>
      <PageHead title={token.name} lead={<Clock overview={overview.data} />} />
      <Read from={overview}>{(data) => <NewestFigures data={data} />}</Read>
      <Part title="What needs attention" links={<Link href="/health">Attacks and health</Link>}>
        <Read from={health}>{(data) => <SignList signs={data.signs.slice(0, 4)} />}</Read>
      </Part>
      <Part title="Newest epochs" links={<Link href="/epochs">All epochs</Link>}>
        <Read from={epochs}>{(data) => <EpochRows rows={data.items} />}</Read>
      </Part>
      {overview.data ? <SourceLine of={overview.data.source} /> : null}
    </>
  );
}

/** Where the deployment is in time. */
function Clock({ overview }: { overview?: Overview }) {
  const deployment = useDeployment();
  const now = useNow(1);
  const open = epochAt(deployment, now);
  if (open < 0) return <>The first epoch begins in {duration(deployment.schedule.genesis - now)}.</>;
  return (
    <>
      Epoch {count(open)} is open and closes in {duration(closeOf(deployment, open) - now)}.{" "}
      {overview?.final ? (
        <>
          Rewards are final up to epoch <EpochLink epoch={overview.final.epoch} />.
        </>
      ) : overview ? (
        "No epoch is final yet."
      ) : null}
    </>
  );
}

function NewestFigures({ data }: { data: Overview }) {
  const { totals } = data;
  const now = newest({ now: data.now, devices: totals.devices });
  return (
    <>
      <Stats>
        <Stat label="Devices paid" value={count(now.paid)} under={shareOf(now.paid, now.registered, "registered")} />
        <Stat label="Devices proven" value={count(now.proven)} under={shareOf(now.proven, now.registered, "registered")} />
        <Stat label="Revenue, newest epoch" value={<Dollars of={now.revenue} />} under={partiesOf(now)} />
        <Stat label="To providers, newest epoch" value={<Tokens of={now.payments} />} under={<><Tokens of={totals.tokensPaid} /> since genesis</>} />
        <Stat label="Burned, since genesis" value={<Tokens of={totals.tokensBurned} />} under={<>for <Dollars of={totals.creditsBought} /> of credits</>} />
        <Stat label="Subsidy per $1 of revenue" value={<SubsidyRatio bps={now.subsidyBps} />} under={<>token price <PriceText price={now.price} /></>} />
      </Stats>
      {data.series.length === 0 ? (
        <section className="part">
          <Empty title="No epoch has a result yet.">
            The first one appears when verifiers have agreed on it, shortly after the epoch has closed.
          </Empty>
        </section>
      ) : (
        <section className="part columns charts" aria-label="Over the last epochs">
          <MoneyChart series={data.series} />
          <SupplyChart series={data.series} />
        </section>
      )}
      <Part title="Networks" links={<Link href="/networks">Compare networks</Link>}>
        <NetworkRows rows={data.networks} />
      </Part>
    </>
  );
}

/** Networks side by side. */
export function NetworkRows({ rows }: { rows: NetworkRow[] }) {
  if (rows.length === 0) {
    return (
      <Empty title="This deployment has no network yet.">
        A founder adds one with <code>groundwork network apply</code>.
      </Empty>
    );
  }
  return (
    <Table
      caption="Networks"
      rows={rows.map((row) => ({ ...row, now: newest(row) }))}
      keyOf={(row) => row.network}
      columns={[
        { name: "Network", head: true, cell: (row) => <Link href={`/networks/${row.network}`}>{nameOf(row)}</Link> },
        { name: "Kind", cell: (row) => nameOf({ title: "", kind: row.kind }) },
        { name: "Devices", number: true, cell: (row) => count(row.devices) },
        { name: "Proven", number: true, cell: (row) => count(row.now.proven) },
        { name: "Paid", number: true, cell: (row) => count(row.now.paid) },
        { name: "Revenue", number: true, cell: (row) => <Dollars of={row.now.revenue} /> },
        { name: "To providers", number: true, cell: (row) => <Tokens of={row.now.payments} /> },
        { name: "Top payer", number: true, cell: (row) => (row.now.payers === 0 ? <None why="no payer" /> : <Bps of={row.now.topPayerBps} />) },
        { name: "Subsidy per $1", number: true, cell: (row) => <SubsidyRatio bps={row.now.subsidyBps} /> },
      ]}
    />
  );
}

/** Epochs, newest first. */
export function EpochRows({ rows }: { rows: EpochRow[] }) {
  if (rows.length === 0) {
    return <Empty title="No epoch has a result yet.">Verifiers publish the first one shortly after the first epoch has closed.</Empty>;
  }
  return (
    <Table
      caption="Epochs"
      rows={rows}
      keyOf={(row) => `${row.epoch}/${row.state === "skipped" ? "" : row.attempt}`}
      columns={[
        {
          name: "Epoch",
          head: true,
          cell: (row) => (
            <>
              <EpochLink epoch={row.epoch} />
              {row.state !== "skipped" && row.first !== undefined && row.first < row.epoch ? (
                <span className="unit"> covers {plural(row.epoch - row.first, "skipped epoch")}</span>
              ) : null}
            </>
          ),
        },
        { name: "State", cell: (row) => <EpochBadge state={row.state} /> },
        { name: "Devices paid", number: true, cell: ofResult((row) => <DevicesPaid of={row} />) },
        { name: "Revenue", number: true, cell: ofResult((row) => <Dollars of={row.revenue} />) },
        { name: "To providers", number: true, cell: ofResult((row) => <Tokens of={row.payments} />) },
        { name: "Signed by", number: true, cell: ofResult((row) => <>{plural(row.signers, "verifier")}, <Bps of={row.signedBps} /> of stake</>) },
        { name: "Accepted", number: true, cell: ofResult((row) => <Ago at={row.time} />) },
      ]}
    />
  );
}

/** A cell that only results have. */
function ofResult(cell: (row: ResultRow) => ReactNode): (row: EpochRow) => ReactNode {
  return (row) => (row.state === "skipped" ? <None why="skipped" /> : cell(row));
}

function DevicesPaid({ of }: { of: ResultRow }) {
  if (of.paid === undefined || of.active === undefined) return <None why="not known" />;
  return (
    <>
      {count(of.paid)}
      <span className="unit"> of {count(of.active)}</span>
    </>
  );
}
