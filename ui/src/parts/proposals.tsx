import { useDeployment } from "../api/deployment";
import type { Proposal } from "../api/types";
import { approximate } from "../format/amount";
import { percent } from "../format/number";
import { Badge, type Mood } from "./badges";
import { Meter } from "./chart";
import { Empty } from "./layout";
import { Table } from "./table";
import { Moment, Tokens, useNow } from "./values";
import { Link } from "../router";

const STATES: Record<Proposal["state"], [Mood, string]> = {
  pending: ["calm", "Announced"],
  active: ["warn", "Open for votes"],
  closed: ["calm", "Vote over"],
  queued: ["warn", "Waiting to be executed"],
  executed: ["good", "Executed"],
  canceled: ["calm", "Cancelled"],
};

export function ProposalBadge({ of }: { of: Proposal }) {
  const [mood, words] = STATES[stateOf(of, useNow(1))];
  return <Badge mood={mood}>{words}</Badge>;
}

/** A vote begins and ends by the clock, without an event that the explorer could tell of. */
export function stateOf(of: Proposal, now: number): Proposal["state"] {
  if (of.state !== "pending" && of.state !== "active") return of.state;
  return now <= of.voteStart ? "pending" : now <= of.voteEnd ? "active" : "closed";
}

/** The first line of what a proposal says of itself. */
export function titleOf(proposal: Proposal): string {
  const line = proposal.description.split("\n").find((each) => each.trim() !== "") ?? "";
  return line.replace(/^#+\s*/, "").slice(0, 120) || `Proposal ${proposal.proposal.slice(0, 8)}…`;
}

/** Votes for, against and neither, as a bar and in numbers. */
export function Tally({ of }: { of: Proposal }) {
  const { token } = useDeployment();
  const value = (amount: string) => approximate(amount, token.decimals);
  const decided = value(of.for) + value(of.against);
  if (decided + value(of.abstain) === 0) return <span className="note">No vote yet</span>;
  return (
    <span className="hash">
      <Meter share={decided === 0 ? 0 : value(of.for) / decided} /> {decided === 0 ? "only abstentions" : `${percent(value(of.for) / decided)} for`}
    </span>
  );
}

export function ProposalRows({ rows }: { rows: Proposal[] }) {
  if (rows.length === 0) return <Empty title="Nobody has proposed anything yet.">Holders of enough tokens propose with <code>groundwork gov propose</code>.</Empty>;
  return (
    <Table
      caption="Proposals"
      rows={rows}
      keyOf={(row) => row.proposal}
      columns={[
        { name: "Proposal", head: true, cell: (row) => <Link href={`/governance/${row.proposal}`}>{titleOf(row)}</Link> },
        { name: "State", cell: (row) => <ProposalBadge of={row} /> },
        { name: "Votes", cell: (row) => <Tally of={row} /> },
        { name: "For", number: true, cell: (row) => <Tokens of={row.for} /> },
        { name: "Against", number: true, cell: (row) => <Tokens of={row.against} /> },
        { name: "Votes end", number: true, cell: (row) => <Moment at={row.voteEnd} /> },
      ]}
    />
  );
}
