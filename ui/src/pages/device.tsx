import { useApi } from "../api/client";
import { useDeployment } from "../api/deployment";
import type { Device, DeviceEpoch } from "../api/types";
import { approximate } from "../format/amount";
import { count, reading, short } from "../format/number";
import { DeviceBadge, EpochBadge } from "../parts/badges";
import { Chart } from "../parts/chart";
import { Command, Empty, Facts, Message, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { Reasons } from "../parts/reasons";
import { SourceLine } from "../parts/source";
import { Downloads, Paged } from "../parts/table";
import { AccountLink, Dollars, EpochLink, HashText, Moment, NetworkLink, None, Tokens } from "../parts/values";
import { Link } from "../router";

export default function DevicePage({ id }: { id: string }) {
  const device = useApi<Device>(`devices/${encodeURIComponent(id)}`);
  const data = device.data;
  return (
    <>
      <PageHead
        title={`Device ${id}`}
        crumbs={<Link href="/devices">Devices</Link>}
        lead={
          data ? (
            <>
              In <NetworkLink of={data.network} />, owned by <AccountLink of={data.owner} />, registered <Moment at={data.registered} />.
            </>
          ) : undefined
        }
      />
      <Read from={device} missing={<Empty title={`No device ${id} is registered on this deployment.`}><Link href="/devices">See those that are</Link>.</Empty>}>
        {(known) => <Shown data={known} />}
      </Read>
    </>
  );
}

function Shown({ data }: { data: Device }) {
  const deployment = useDeployment();
  const newest = data.epochs[0];
  const plus = (a: string, b: string) => (BigInt(a) + BigInt(b)).toString();
  const { earnings } = data;
  const series = [...data.epochs].reverse();
  return (
    <>
      <Stats>
        <Stat label="State" value={<DeviceBadge state={data.state} />} under={data.lastEpoch === null ? "never heard of" : <>last heard in epoch <EpochLink epoch={data.lastEpoch} /></>} />
        <Stat label="Earned, final" value={<Tokens of={plus(earnings.final.service, earnings.final.bootstrap)} />} under="can be claimed, or was" />
        <Stat label="Earned, pending" value={<Tokens of={plus(earnings.pending.service, earnings.pending.bootstrap)} />} under="accepted, can still be disputed" />
        <Stat label="Vesting" value={<Tokens of={earnings.vesting} />} under="bootstrap awards, payable later" />
        <Stat label="In the newest epoch" value={<Tokens of={earnings.lastEpoch} />} under={data.percentile === null ? "not paid for service" : data.percentile === 100 ? "no paid device got more" : `more than ${data.percentile}% of paid devices`} />
        <Stat label="Stake" value={<Tokens of={data.stake} />} under={data.stakeLeaving === null ? undefined : `leaves with epoch ${data.stakeLeaving}`} />
      </Stats>
      <Part title={newest ? `Why, in epoch ${newest.epoch}` : "Why"} links={newest ? <Link href={`/devices/${data.device}/epochs/${newest.epoch}`}>Single reports and evidence</Link> : undefined}>
        {newest && newest.reasons.length > 0 ? <Reasons of={newest.reasons} /> : <Silence data={data} />}
        <div style={{ marginTop: 12 }}>
          <Command text={`groundwork why ${data.device}`} />
        </div>
      </Part>
      {series.length > 1 ? (
        <div className="columns charts" style={{ marginTop: 36 }}>
          <Chart
            title="Earned per epoch"
            labels={series.map((each) => String(each.epoch))}
            labelName="Epoch"
            kind="bars"
            series={[
              { name: "For service", tone: 1, values: series.map((each) => approximate(each.paid, deployment.token.decimals)) },
              { name: "Bootstrap", tone: 2, values: series.map((each) => approximate(each.bootstrap, deployment.token.decimals)) },
            ]}
            format={(value) => `${reading(value)} ${deployment.token.symbol}`}
            axis={short}
          />
          <Chart
            title="Reports and faults per epoch"
            labels={series.map((each) => String(each.epoch))}
            labelName="Epoch"
            kind="bars"
            series={[
              { name: "Counted", tone: 1, values: series.map((each) => each.accepted) },
              { name: "Did not count", tone: 2, values: series.map((each) => each.rejected) },
              { name: "Faults", tone: 4, values: series.map((each) => each.faults) },
            ]}
            format={count}
          />
        </div>
      ) : null}
      <Part title="Epoch by epoch" links={<Downloads path={`devices/${data.device}/epochs`} />}>
        <Epochs device={data.device} />
      </Part>
      <Part title="On chain">
        <Facts
          of={[
            ["Owner", <AccountLink of={data.owner} whole />],
            ["Cell", data.cell && !/^0+$/.test(data.cell) ? <Link href={`/map?cell=${data.cell}`} className="mono">{data.cell}</Link> : "Not told"],
            ["Key", <>{data.keyType} <HashText of={data.key} what="public key" /></>],
            ["Endpoint", data.endpoint || <None why="none" />],
            ["Registered in", <HashText of={data.transaction} what="transaction hash" />],
            ["Charged so far", <Dollars of={data.charged} />],
          ]}
        />
      </Part>
      <SourceLine of={data.source} />
    </>
  );
}

function Silence({ data }: { data: Device }) {
  if (data.state === "registered") {
    return (
      <Message mood="warn" title="No epoch has heard of this device yet.">
        A device counts from its first accepted Hello on. Its agent sends one by itself in each epoch until a result shows it active:
        is it running, and does its gateway answer?
      </Message>
    );
  }
  return (
    <Message mood="warn" title="Nothing was heard of it in this epoch, and it owed nothing.">
      What to do: see that its agent is running and reaches a gateway. In a storage network it also needs deals before it can earn.
    </Message>
  );
}

function Epochs({ device }: { device: number }) {
  return (
    <Paged<DeviceEpoch>
      path={`devices/${device}/epochs`}
      caption="Epochs of this device"
      limit={24}
      keyOf={(row) => row.epoch}
      empty={<Empty title="No epoch has said anything of it yet." />}
      columns={[
        { name: "Epoch", head: true, cell: (row) => <EpochLink epoch={row.epoch} /> },
        { name: "Device", cell: (row) => <DeviceBadge state={row.state} /> },
        { name: "Earned", number: true, cell: (row) => <Tokens of={(BigInt(row.paid) + BigInt(row.bootstrap)).toString()} /> },
        { name: "Result", cell: (row) => <EpochBadge state={row.epochState} /> },
        { name: "Counted", number: true, cell: (row) => count(row.accepted) },
        { name: "Rejected", number: true, cell: (row) => count(row.rejected) },
        { name: "Faults", number: true, cell: (row) => count(row.faults) },
        { name: "Charged", number: true, cell: (row) => <Dollars of={row.charged} /> },
        { name: "Accepted", cell: (row) => <span className="hash"><Moment at={row.time} /></span> },
        { name: "Reasons", cell: (row) => <Link className="hash" href={`/devices/${device}/epochs/${row.epoch}`}>Why</Link> },
      ]}
    />
  );
}
