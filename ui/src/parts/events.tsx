import type { ReactNode } from "react";
import { useDeployment } from "../api/deployment";
import type { ChainEvent } from "../api/types";
import { amount, dollars } from "../format/amount";
import { isAccount, shortened } from "../format/hash";
import { count } from "../format/number";
import type { Column } from "./table";
import { AccountLink, HashText, LastEpoch, Moment, NetworkLink } from "./values";

const DOLLARS = /^(credits|charged|creditsReturned)$/;
const TOKENS = /^(tokens|amount|basis|bond|stake|weight|basisReturned|funded|claimed|left|windowUsed|fundedTotal|slashed|value|previousVotes|newVotes)$/i;

const NOBODY = /^0x0*$/;

/** The name of an event in words: "CreditsBought" as "Credits bought". */
export function eventName(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.replace(/([A-Z]+)$/, (all) => all);
}

function Field({ name, value }: { name: string; value: unknown }) {
  const { token, credits, priceDecimals } = useDeployment();
  const text = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  const words = name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  let shown: ReactNode = text;
  if (/^\d{1,78}$/.test(text) && DOLLARS.test(name)) shown = dollars(text, credits.decimals);
  else if (/^\d{1,78}$/.test(text) && TOKENS.test(name)) shown = `${amount(text, token.decimals)} ${token.symbol}`;
  else if (/^\d{1,38}$/.test(text) && name === "price") shown = dollars(text, priceDecimals);
  else if (name === "network") shown = <NetworkLink of={Number(text)} />;
  else if (name === "lastEpoch") shown = <LastEpoch of={Number(text)} />;
  else if (isAccount(text) && !NOBODY.test(text)) shown = <AccountLink of={text.toLowerCase()} />;
  else if (/^0x[0-9a-f]+$/i.test(text)) shown = <code>{NOBODY.test(text) ? "nobody" : shortened(text)}</code>;
  else if (/^[A-Z][A-Z_]+$/.test(text)) shown = text.toLowerCase().replaceAll("_", " ");
  else if (text.length > 60) shown = `${text.slice(0, 57)}…`;
  return (
    <span className={text.length < 32 || /^0x/.test(text) ? "field-of-event hash" : "field-of-event"} title={text}>
      <span className="unit">{words}</span> {shown}
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
            .filter(([name, value]) => !(name === "cell" && /^(0x)?0*$/.test(String(value))))
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
