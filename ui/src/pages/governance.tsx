import { useApi } from "../api/client";
import type { Dispute, Governance, Operators } from "../api/types";
import { count, plural } from "../format/number";
import { duration } from "../format/time";
import { Badge } from "../parts/badges";
import { Empty, Facts, PageHead, Part, Read } from "../parts/layout";
import { OperatorRows } from "../parts/operators";
import { ProposalRows } from "../parts/proposals";
import { SourceLine } from "../parts/source";
import { Downloads, Table } from "../parts/table";
import { AccountLink, EpochLink, HashText, Moment, NetworkLink, None, Prose, Tokens } from "../parts/values";
import { Link } from "../router";

export default function GovernancePage() {
  const governance = useApi<Governance>("governance");
  const operators = useApi<Operators>("operators");
  return (
    <>
      <PageHead
        title="Governance"
        lead={
          <>
            Token holders vote on proposals; a council decides disputes about results; verifiers and gateways stake for what they sign. To vote, use the{" "}
            <Link href="/wallet?do=vote">wallet page</Link>.
          </>
        }
      />
      <Read from={governance}>
        {(data) => (
          <>
            <Part title="Proposals" links={<Downloads path="proposals" />}>
              <ProposalRows rows={data.proposals} />
            </Part>
            <Part title="Disputes" note="Anybody who finds a wrong result puts down a bond; the council voids the result or burns the bond." links={<Downloads path="disputes" />}>
              <Disputes rows={data.disputes} />
            </Part>
            <div className="columns" style={{ marginTop: 36 }}>
              <Council data={data} />
              <Part title="Terms of votes">
                <Terms data={data} />
              </Part>
            </div>
            {data.rules.length > 0 ? (
              <Part title="Rules that are to change">
                <Table
                  caption="Proposed rules"
                  rows={data.rules}
                  keyOf={(row) => row.rulesHash}
                  columns={[
                    { name: "Network", head: true, cell: (row) => <NetworkLink of={row.network} /> },
                    { name: "Rules", cell: (row) => <HashText of={row.rulesHash} what="rules hash" /> },
                    { name: "Verifiers ready", number: true, cell: (row) => count(row.ready.length) },
                    { name: "Since", cell: (row) => <Moment at={row.time} /> },
                    { name: "In force", cell: (row) => (row.activeFrom === null ? "Not yet" : `from epoch ${row.activeFrom}`) },
                  ]}
                />
              </Part>
            ) : null}
            <Part title="Verifiers and gateways" note="Of the last 50 results and epochs.">
              <Read from={operators}>{(known) => <OperatorRows rows={known.items} />}</Read>
            </Part>
            <SourceLine of={data.source} />
          </>
        )}
      </Read>
    </>
  );
}

function Council({ data }: { data: Governance }) {
  const { members, until } = data.council;
  return (
    <Part title="Council">
      {members.length === 0 ? (
        <Empty title="No council is elected.">Without one, disputes fail by time. Token holders elect it.</Empty>
      ) : (
        <>
          <p className="note" style={{ marginBottom: 8 }}>
            {plural(members.length, "member")} {until === undefined ? null : <>until <Moment at={until} /></>}. More than half must agree to void a result.
          </p>
          <ul style={{ listStyle: "none" }}>
            {members.map((member) => (
              <li key={member}>
                <AccountLink of={member} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

function Terms({ data }: { data: Governance }) {
  const seconds = (name: string) => (/^\d+$/.test(data.voting[name] ?? "") ? duration(Number(data.voting[name])) : <None why="not known" />);
  const threshold = data.voting["threshold"] ?? "";
  return (
    <Facts
      of={[
        ["From proposal to vote", seconds("delay")],
        ["Length of a vote", seconds("period")],
        ["Needed to propose", /^\d+$/.test(threshold) ? <Tokens of={threshold} /> : <None why="not known" />],
        ["Quorum", data.voting["quorum"] ? `${data.voting["quorum"]}% of the supply` : <None why="not known" />],
        ["Bond of a dispute", <Tokens of={data.disputeBond} />],
      ]}
    />
  );
}

function Disputes({ rows }: { rows: Dispute[] }) {
  if (rows.length === 0) return <Empty title="No result was ever disputed." />;
  return (
    <Table
      caption="Disputes"
      rows={rows}
      keyOf={(row) => row.dispute}
      columns={[
        { name: "Dispute", head: true, cell: (row) => row.dispute },
        { name: "Epoch", cell: (row) => <EpochLink epoch={row.epoch} /> },
        {
          name: "State",
          cell: (row) =>
            row.state === "open" ? <Badge mood="warn">Open</Badge> : row.state === "upheld" ? <Badge mood="bad">Result voided</Badge> : <Badge mood="calm">Rejected</Badge>,
        },
        { name: "By", cell: (row) => <AccountLink of={row.disputer} /> },
        { name: "Reason", cell: (row) => <div className="wide"><Prose of={row.reason} /></div> },
        { name: "Votes to void", number: true, cell: (row) => `${row.votes.filter((vote) => vote.forVoid).length} of ${row.votes.length}` },
        { name: "Bond", number: true, cell: (row) => <Tokens of={row.bond} /> },
        { name: "Opened", cell: (row) => <span className="hash"><Moment at={row.time} /></span> },
      ]}
    />
  );
}
