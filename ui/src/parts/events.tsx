import { useDeployment } from "../api/deployment";
import type { ChainEvent } from "../api/types";
import { amount } from "../format/amount";
import { shortened } from "../format/hash";
import { count } from "../format/number";
import type { Column } from "./table";
import { HashText, Moment } from "./values";

const DOLLARS = /^(credits|charged|creditsReturned)$/;
const TOKENS = /^(tokens|amount|basis|bond|stake|weight|basisReturned|funded|claimed|left|windowUsed|fundedTotal|slashed|value|previousVotes|newVotes)$/i;

/** The name of an event in words: "CreditsBought" as "Credits bought". */
export function eventName(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.replace(/([A-Z]+)$/, (all) => all);
}

function Field({ name, value }: { name: string; value: unknown }) {
  const { token, credits, priceDecimals } = useDeployment();
  const text = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  const words = name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  let shown = text;
  if (/^\d{1,78}$/.test(text) && DOLLARS.test(name)) shown = `$${amount(text, credits.decimals)}`;
  else if (/^\d{1,78}$/.test(text) && TOKENS.test(name)) shown = `${amount(text, token.decimals)} ${token.symbol}`;
  else if (/^\d{1,38}$/.test(text) && name === "price") shown = `$${amount(text, priceDecimals)}`;
  else if (/^0x[0-9a-f]+$/i.test(text)) shown = shortened(text);
  else if (text.length > 60) shown = `${text.slice(0, 57)}…`;
  return (
    <span style={{ marginRight: 12 }} title={text}>
      <span className="unit">{words}</span> {/^0x/.test(text) ? <code>{shown}</code> : shown}
    </span>
  );
}

/** Columns for lists of events. */
export const EventRows = {
  columns: [
    { name: "When", head: true, cell: (row) => <span className="hash"><Moment at={row.time} /></span> },
    { name: "What", cell: (row) => <span className="hash">{eventName(row.name)}</span> },
    {
      name: "Details",
      cell: (row) => (
        <div className="wide">
          {Object.entries(row.data)
            .slice(0, 6)
            .map(([name, value]) => (
              <Field key={name} name={name} value={value} />
            ))}
        </div>
      ),
    },
    { name: "Block", number: true, cell: (row) => count(row.block) },
    { name: "Transaction", cell: (row) => <HashText of={row.transaction} what="transaction hash" /> },
  ] as Column<ChainEvent>[],
  keyOf: (row: ChainEvent) => `${row.block} ${row.index}`,
};
