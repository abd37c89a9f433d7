import type { Operator } from "../api/types";
import { Meter } from "./chart";
import { Empty } from "./layout";
import { Table } from "./table";
import { AccountLink, None, Tokens } from "./values";

/** Verifiers and gateways. */
export function OperatorRows({ rows }: { rows: Operator[] }) {
  if (rows.length === 0) return <Empty title="Nobody has staked yet." />;
  return (
    <Table
      caption="Operators"
      rows={rows}
      keyOf={(row) => `${row.role} ${row.operator}`}
      columns={[
        { name: "Operator", head: true, cell: (row) => <AccountLink of={row.operator} /> },
        { name: "Role", cell: (row) => (row.role === "verifier" ? "Verifier" : "Gateway") },
        {
          name: "Did its part",
          cell: (row) =>
            row.of === 0 ? (
              <None why="not yet" />
            ) : (
              <span className="hash" title={row.role === "verifier" ? "results signed, of the last ones" : "epochs with reports posted, of the last ones"}>
                <Meter share={row.signed / row.of} /> {row.signed} of {row.of}
              </span>
            ),
        },
        { name: "Stake", number: true, cell: (row) => <Tokens of={row.stake} /> },
        { name: "Weight", number: true, cell: (row) => <Tokens of={row.weight} bare /> },
        { name: "Slashed", number: true, cell: (row) => <Tokens of={row.slashed} bare /> },
        { name: "Leaving", cell: (row) => (row.leaving === null ? <None why="no" /> : "Yes") },
        { name: "Endpoint", cell: (row) => <code className="hash">{row.endpoint}</code> },
      ]}
    />
  );
}
