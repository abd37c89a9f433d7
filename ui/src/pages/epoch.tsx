import { useApi } from "../api/client";
import { useDeployment } from "../api/deployment";
import type { Epoch, Result } from "../api/types";
import { bytes, count, plural } from "../format/number";
import { EpochBadge } from "../parts/badges";
import { Command, Empty, Facts, Message, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { Reasons } from "../parts/reasons";
import { SourceLine } from "../parts/source";
import { Table } from "../parts/table";
import { AccountLink, Bps, Dollars, EpochLink, HashText, Moment, NetworkLink, None, Tokens } from "../parts/values";
import { Link } from "../router";

export default function EpochPage({ epoch }: { epoch: string }) {
  const read = useApi<Epoch>(`epochs/${encodeURIComponent(epoch)}`);
  return (
    <>
      <PageHead title={`Epoch ${epoch}`} crumbs={<Link href="/epochs">Epochs</Link>} />
      <Read
        from={read}
        missing={
          <Empty title="This epoch has no result.">
            It may still be open, or verifiers are computing it. <Link href="/epochs">See the newest epochs</Link>.
          </Empty>
        }
      >
        {(data) => (data.state === "skipped" ? <Skipped data={data} /> : <Shown data={data} />)}
      </Read>
    </>
  );
}

/** Why nothing of a result's files is shown. */
function unread({ files }: Result) {
  return files === "missing" ? "No verifier has the files any more." : "The files have not been read yet.";
}

const KINDS: Record<string, string> = {
  payment: "Paid to providers",
  charge: "Charged to customers",
  basis: "Tokens consumed by charges",
  operations: "To gateways and verifiers",
  bootstrap: "Bootstrap awards",
  duty: "Emission to verifiers",
  treasury: "Treasury",
};

function Skipped({ data }: { data: Exclude<Epoch, Result> }) {
  return (
    <>
      <Stats>
        <Stat
          label="State"
          value={<EpochBadge state="skipped" />}
          under={
            <>
              the next result covers it: <EpochLink epoch={data.epoch + 1} />
            </>
          }
        />
      </Stats>
      <section className="part">
        <Empty title="Verifiers found no quorum for it in time.">What was reported in it is judged in the next result.</Empty>
      </section>
      <SourceLine of={data.source} />
    </>
  );
}

function Shown({ data }: { data: Result }) {
  return (
    <>
      <Stats>
        <Stat label="State" value={<EpochBadge state={data.state} />} under={stateSentence(data)} />
        <Stat label="Signed" value={<Bps of={data.signedBps} />} under={<>{plural(data.signedBy.length, "verifier")}; more than 66.7% of stake needed</>} />
        <Stat label="Revenue" value={<Dollars of={data.revenue} />} />
        <Stat label="To providers" value={<Tokens of={data.payments} />} />
        <Stat label="Devices paid" value={data.paid === undefined ? <None why="not known" /> : count(data.paid)} under={data.active === undefined ? undefined : `of ${count(data.active)} heard of`} />
      </Stats>
      {data.state === "void" ? (
        <section className="part">
          <Message mood="bad" title="This result was taken back.">
            <p>The council upheld a dispute. Nothing is paid from it; verifiers judge the epoch again from the last result that stands.</p>
          </Message>
        </section>
      ) : null}
      <Part
        title="Check it yourself"
        note="Reads the chain and the verifiers' public files, recomputes every verdict and payment of this epoch on your machine, and compares the roots. Exit status 0 means equal to the last unit."
      >
        <Command text={data.audit} />
      </Part>
      <div className="columns" style={{ marginTop: 36 }}>
        <Part title="What verifiers signed">
          <Facts
            of={[
              ["Result", <HashText of={data.resultHash} what="result hash" />],
              ["Money root", <HashText of={data.moneyRoot} what="money root" />],
              ["Carry root", <HashText of={data.carryRoot} what="carry root" />],
              ["Inputs", <HashText of={data.inputs} what="inputs hash" />],
              ["Rules", <HashText of={data.rules} what="rules hash" />],
              ["Close block", <HashText of={data.closeBlock} what="close block's hash" />],
              ["Parent result", <HashText of={data.parent} what="parent hash" />],
              ["Accepted", <Moment at={data.time} />],
              ["Final", data.finalTime ? <Moment at={data.finalTime} /> : "Not yet"],
              ["Transaction", <HashText of={data.transaction} what="transaction hash" />],
              ["Attempt", data.attempt === 0 ? "First" : `${data.attempt + 1}, after ${plural(data.attempt, "voiding")}`],
            ]}
          />
        </Part>
        <Part title="Totals accepted by the contract">
          <Totals data={data} />
          <p className="note" style={{ marginTop: 8 }}>
            Lost to rounding: <Tokens of={data.dust} />. Nobody gets it.
          </p>
        </Part>
      </div>
      <div className="columns" style={{ marginTop: 36 }}>
        <Part title="Signers" note={<><Tokens of={data.signedStake} /> of <Tokens of={data.totalStake} /> staked.</>}>
          <Table
            caption="Signers"
            rows={data.signedBy}
            keyOf={(row) => row}
            columns={[{ name: "Verifier's signer", head: true, cell: (row) => <AccountLink of={row} /> }]}
          />
        </Part>
        <Part title="Inputs" note="Certified lists of the reports that gateways took in.">
          {data.indexes.length === 0 ? (
            <Empty title="No gateway posted reports for this epoch." />
          ) : (
            <Table
              caption="Inputs"
              rows={data.indexes}
              keyOf={(row) => row.index}
              columns={[
                { name: "Gateway", head: true, cell: (row) => <AccountLink of={row.gateway} /> },
                { name: "Index", cell: (row) => <HashText of={row.index} what="index hash" /> },
              ]}
            />
          )}
        </Part>
      </div>
      <Part title="Verdicts" note="Why reports counted or did not, over all devices.">
        {data.reasons.length === 0 ? <Empty title={data.files === "indexed" ? "No report was judged in this epoch." : unread(data)} /> : <Reasons of={data.reasons} />}
      </Part>
      <Economy data={data} />
      <Part title="Published files" note="Kept by every verifier under /v1/epochs/ and checked against the roots above.">
        {data.publishedFiles.length === 0 ? (
          <Empty title={unread(data)} />
        ) : (
          <Table
            caption="Published files"
            rows={data.publishedFiles}
            keyOf={(row) => row.path}
            columns={[
              { name: "File", head: true, cell: (row) => <code>{row.path}</code> },
              { name: "Size", number: true, cell: (row) => <span title={plural(row.size, "byte")}>{bytes(row.size)}</span> },
              { name: "SHA-256", cell: (row) => <HashText of={row.sha256} what="SHA-256" /> },
            ]}
          />
        )}
      </Part>
      <SourceLine of={data.source} />
    </>
  );
}

function stateSentence(data: Result) {
  switch (data.state) {
    case "final":
      return "rewards can be claimed";
    case "accepted":
      return "can still be disputed";
    case "disputed":
      return <Link href="/governance">the council decides</Link>;
    case "void":
      return "judged again";
  }
}

function Totals({ data }: { data: Result }) {
  if (data.totals.length === 0) return <Empty title="No money moved in this epoch." />;
  return (
    <Table
      caption="Totals"
      rows={data.totals}
      keyOf={(row) => `${row.kind} ${row.network}`}
      columns={[
        { name: "What", head: true, cell: (row) => KINDS[row.kind.toLowerCase()] ?? row.kind },
        { name: "Network", cell: (row) => (row.network === 0 ? "All" : <NetworkLink of={row.network} />) },
        {
          name: "Amount",
          number: true,
          cell: (row) => (row.kind.toLowerCase() === "charge" ? <Dollars of={row.amount} /> : <Tokens of={row.amount} />),
        },
      ]}
    />
  );
}

const CAUSES: Record<string, string> = {
  "operations.gateway": "To gateways that carried reports first",
  "operations.verifier": "To verifiers who signed, out of charges",
  duty: "To verifiers who signed, out of emission",
  treasury: "Treasury's share of the schedule",
  "bootstrap.awarded": "Awarded for capacity, payable later",
  "bootstrap.vested": "Earlier awards, payable now",
  "bootstrap.forfeited": "Awards lost to a slash",
  slashed: "To be taken of stakes",
};

function Economy({ data }: { data: Result }) {
  const { token } = useDeployment();
  if (data.economy.length === 0) return null;
  return (
    <Part title="Why tokens moved" note={`Everything besides payments for service, in ${token.symbol}.`}>
      <Table
        caption="Causes"
        rows={data.economy}
        keyOf={(row) => `${row.cause} ${row.network}`}
        columns={[
          { name: "Cause", head: true, cell: (row) => CAUSES[row.cause] ?? row.cause.replace(/[-.]/g, " ") },
          { name: "Network", cell: (row) => (row.network === 0 ? "All" : <NetworkLink of={row.network} />) },
          { name: "Times", number: true, cell: (row) => count(row.count) },
          { name: "Amount", number: true, cell: (row) => <Tokens of={row.amount} /> },
        ]}
      />
    </Part>
  );
}
