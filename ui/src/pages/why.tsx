import type { ReactNode } from "react";
import { useApi } from "../api/client";
import { slotStart, useDeployment } from "../api/deployment";
import type { Why } from "../api/types";
import { count, plural } from "../format/number";
import { DeviceBadge, EpochBadge } from "../parts/badges";
import { Command, Empty, Message, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { Reasons, Remedy } from "../parts/reasons";
import { Table } from "../parts/table";
import { SourceLine } from "../parts/source";
import { Dollars, HashText, Moment, Prose, Tokens } from "../parts/values";
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
        <Part title="What it owed, slot by slot">
          <Table
            caption="What it owed"
            rows={data.faultLines}
            keyOf={(row) => `${row.slot} ${row.code}`}
            columns={[
              { name: "Slot", head: true, cell: (row) => count(row.slot) },
              { name: "Began", cell: (row) => <span className="hash"><Moment at={slotStart(deployment, row.slot)} exactly /></span> },
              { name: "Reason", cell: (row) => <code className="hash">{row.code}</code> },
              { name: "Evidence", cell: (row) => <Prose of={row.evidence || row.happened} /> },
            ]}
          />
        </Part>
      ) : null}
      <Part title="Reports that did not count" note="At most 50, read from the segments that verifiers keep.">
        {data.records.length > 0 ? (
          <ul className="reasons">
            {[...data.records].sort((a, b) => a.slot - b.slot || Number(a.counter) - Number(b.counter)).map((record) => (
              <Line
                key={record.bodyHash}
                head={<>Report {record.counter}<div className="note">slot {count(record.slot)}<br /><Moment at={slotStart(deployment, record.slot)} exactly /></div></>}
                line={record}
                tail={
                  <p className="note">
                    {record.what ? <><Prose of={record.what} />. </> : null}Report <HashText of={record.bodyHash} what="report's hash" /> in segment <HashText of={record.segment} what="segment's hash" />
                  </p>
                }
              />
            ))}
          </ul>
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

function Line(props: {
  head: ReactNode;
  line: { code: string; happened: string; evidence: string; remedy: string };
  tail?: ReactNode;
}) {
  return (
    <li>
      <div>{props.head}</div>
      <div>
        <p>{props.line.happened}</p>
        {props.line.evidence ? <p><Prose of={props.line.evidence} /></p> : null}
        <Remedy of={props.line.remedy} />
        <p className="note">
          <code>{props.line.code}</code>
        </p>
        {props.tail}
      </div>
    </li>
  );
}
