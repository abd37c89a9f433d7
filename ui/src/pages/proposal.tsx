import { useApi } from "../api/client";
import type { Proposal } from "../api/types";
import { plural } from "../format/number";
import { Empty, Facts, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { ProposalBadge, stateOf, Tally, titleOf } from "../parts/proposals";
import { SourceLine } from "../parts/source";
import { Table } from "../parts/table";
import { AccountLink, Copy, HashText, Moment, Tokens, useNow } from "../parts/values";
import { Link } from "../router";

export default function ProposalPage({ id }: { id: string }) {
  const proposal = useApi<Proposal>(`proposals/${encodeURIComponent(id)}`);
  return (
    <>
      <PageHead
        title={proposal.data ? titleOf(proposal.data) : "Proposal"}
        crumbs={<Link href="/governance">Governance</Link>}
        lead={proposal.data ? <>Proposed by <AccountLink of={proposal.data.proposer} />, <Moment at={proposal.data.time} />.</> : undefined}
      />
      <Read from={proposal} missing={<Empty title="There is no such proposal."><Link href="/governance">See all proposals</Link>.</Empty>}>
        {(data) => <Shown data={data} />}
      </Read>
    </>
  );
}

/** The description without the title that the page has already; nothing if it has no more. */
function saysOf(data: Proposal): string {
  const [first = "", ...rest] = data.description.trim().split("\n");
  return first.replace(/^#+\s*/, "") === titleOf(data) ? rest.join("\n").trim() : data.description;
}

const SUPPORT = { for: "For", against: "Against", abstain: "Abstained" };

function Shown({ data }: { data: Proposal }) {
  const open = stateOf(data, useNow(1)) === "active";
  return (
    <>
      <Stats>
        <Stat label="State" value={<ProposalBadge of={data} />} under={open ? <Link href={`/wallet?do=vote&proposal=${data.proposal}`}>Vote</Link> : undefined} />
        <Stat label="For" value={<Tokens of={data.for} />} under={<Tally of={data} />} />
        <Stat label="Against" value={<Tokens of={data.against} />} />
        <Stat label="Abstained" value={<Tokens of={data.abstain} />} />
      </Stats>
      {saysOf(data) === "" ? null : (
        <Part title="What it says">
          <p style={{ whiteSpace: "pre-wrap", maxWidth: "74ch" }}>{saysOf(data)}</p>
        </Part>
      )}
      <Part title="What it does" note="These calls are made, in this order, if it is accepted.">
        <Table
          caption="Calls"
          rows={data.calls}
          keyOf={(row) => `${row.target} ${row.data}`}
          columns={[
            { name: "Contract", head: true, cell: (row) => row.contract || "not part of the deployment" },
            { name: "Address", cell: (row) => <AccountLink of={row.target} /> },
            { name: "Call", cell: (row) => <HashText of={row.data} what="call data" /> },
          ]}
        />
      </Part>
      <div className="columns" style={{ marginTop: 36 }}>
        <Part title="When">
          <Facts
            of={[
              ["Votes are counted as of", <Moment at={data.voteStart} />],
              ["Votes end", <Moment at={data.voteEnd} />],
              ["Can be executed from", data.eta === null ? "Not queued" : <Moment at={data.eta} />],
              ["Number", <span className="hash"><code>{data.proposal.slice(0, 12)}…</code><Copy text={data.proposal} what="proposal's number" /></span>],
            ]}
          />
        </Part>
        <Part title={plural(data.votes?.length ?? 0, "vote")}>
          {!data.votes || data.votes.length === 0 ? (
            <Empty title="Nobody has voted yet." />
          ) : (
            <Table
              caption="Votes"
              rows={data.votes}
              keyOf={(row) => row.voter}
              columns={[
                { name: "Voter", head: true, cell: (row) => <AccountLink of={row.voter} /> },
                { name: "Vote", cell: (row) => SUPPORT[row.support] },
                { name: "Weight", number: true, cell: (row) => <Tokens of={row.weight} /> },
                { name: "Reason", cell: (row) => row.reason },
              ]}
            />
          )}
        </Part>
      </div>
      {data.source ? <SourceLine of={data.source} /> : null}
    </>
  );
}
