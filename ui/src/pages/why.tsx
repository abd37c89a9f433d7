import { useApi } from "../api/client";
import { slotStart, useDeployment } from "../api/deployment";
import type { Why } from "../api/types";
import { count, plural } from "../format/number";
import { DeviceBadge, EpochBadge } from "../parts/badges";
import { Command, Empty, Message, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { Reasons, Remedy } from "../parts/reasons";
import { Table } from "../parts/table";
import { SourceLine } from "../parts/source";
import { Dollars, HashText, Moment, None, Prose, Tokens } from "../parts/values";
import { Link } from "../router";

export default function WhyPage({ id, epoch }: { id: string; epoch: string }) {
  const why = useApi<Why>(`devices/${encodeURIComponent(id)}/epochs/${encodeURIComponent(epoch)}`);
  return (
    <>
      <PageHead
        title={`Device ${id} in epoch ${epoch}`}
        crumbs={
          <>
            <Link href="/devices">Devices</Link> / <Link href={`/devices/${id}`}>Device {id}</Link>
          </>
        }
      />
      <Read from={why} missing={<Empty title="This epoch says nothing of this device."><Link href={`/devices/${id}`}>See the epochs that do</Link>.</Empty>}>
        {(data) => <Shown data={data} />}
      </Read>
    </>
  );
}

function Shown({ data }: { data: Why }) {
  const deployment = useDeployment();
  return (
    <>
      <Stats>
        <Stat label="Device" value={<DeviceBadge state={data.state} />} />
        <Stat label="Epoch" value={<EpochBadge state={data.epochState} />} />
        <Stat label="Charged to customers" value={<Dollars of={data.charged} />} />
        <Stat label="Paid for service" value={<Tokens of={data.paid} />} />
        <Stat label="Bootstrap" value={<Tokens of={data.bootstrap} />} />
      </Stats>
      <Part title="What was judged">
        {data.reasons.length === 0 ? <Empty title="Nothing was heard of it and it owed nothing." /> : <Reasons of={data.reasons} />}
      </Part>
      {data.faultLines.length > 0 ? (
        <Part title="Faults, slot by slot">
          <Table
            caption="Faults"
            rows={data.faultLines}
            keyOf={(row) => `${row.slot} ${row.code}`}
            columns={[
              { name: "Slot", head: true, cell: (row) => count(row.slot) },
              { name: "Began", cell: (row) => <span className="hash"><Moment at={slotStart(deployment, row.slot)} exactly /></span> },
              { name: "What happened", cell: (row) => <div className="wide">{row.happened}</div> },
              { name: "Evidence", cell: (row) => (row.evidence ? <div className="wide"><Prose of={row.evidence} /></div> : <None why="none" />) },
            ]}
          />
        </Part>
      ) : null}
      <Part title="Reports that did not count" note="At most 50, read from the segments that verifiers keep.">
        {data.records.length > 0 ? (
          byReason(data.records).map((records) => <Rejected key={records[0]?.code} records={records} />)
        ) : data.segmentsGone > 0 ? (
          <Message title="They cannot be shown any more.">
            {plural(data.segmentsGone, "segment")} of this epoch {data.segmentsGone === 1 ? "is" : "are"} no longer kept by any verifier. The result and the payments remain.
          </Message>
        ) : (
          <Empty title="None: every report counted, or none was sent." />
        )}
      </Part>
      <Part title="Check it yourself" note="Says the same from public files that it checks against the chain.">
        <Command text={data.command} />
      </Part>
      <SourceLine of={data.source} />
    </>
  );
}

type Rejection = Why["records"][number];

/** Reports in their order, those of one reason together. */
function byReason(records: Rejection[]): Rejection[][] {
  const found = new Map<string, Rejection[]>();
  for (const record of [...records].sort((a, b) => a.slot - b.slot || Number(a.counter) - Number(b.counter))) {
    found.set(record.code, [...(found.get(record.code) ?? []), record]);
  }
  return [...found.values()];
}

/** Reports that did not count for one reason. */
function Rejected({ records }: { records: Rejection[] }) {
  const deployment = useDeployment();
  const first = records[0];
  if (!first) return null;
  return (
    <div className="rejected">
      <p>{first.happened}</p>
      <Remedy of={first.remedy} />
      <Table
        caption={`Reports: ${first.happened}`}
        rows={records}
        keyOf={(row) => row.bodyHash}
        columns={[
          { name: "Report", head: true, cell: (row) => row.counter },
          { name: "Slot", number: true, cell: (row) => count(row.slot) },
          { name: "Began", cell: (row) => <span className="hash"><Moment at={slotStart(deployment, row.slot)} exactly /></span> },
          {
            name: "Evidence",
            cell: (row) => (
              <div className="wide">
                {row.evidence ? <Prose of={row.evidence} /> : null}
                {row.what ? <div className="note"><Prose of={row.what} /></div> : null}
              </div>
            ),
          },
          { name: "Report’s hash", cell: (row) => <HashText of={row.bodyHash} what="report's hash" /> },
          { name: "In segment", cell: (row) => <HashText of={row.segment} what="segment's hash" /> },
        ]}
      />
    </div>
  );
}
