import { useEffect, useState } from "react";
import { useDeployment } from "../api/deployment";
import { amount, exact } from "../format/amount";
import { percent } from "../format/number";
import { shortened } from "../format/hash";
import { ago, moment, momentExactly, nowSeconds } from "../format/time";
import { Link } from "../router";

/** Tokens of the smallest unit, with the symbol; exactly on hover. */
export function Tokens({ of, bare = false }: { of: string; bare?: boolean }) {
  const { token } = useDeployment();
  return (
    <span className="amount" title={`${exact(of, token.decimals)} ${token.symbol}`}>
      {amount(of, token.decimals)}
      {bare ? null : <span className="unit"> {token.symbol}</span>}
    </span>
  );
}

/** Credits of the smallest unit: dollars. */
export function Dollars({ of }: { of: string }) {
  const { credits } = useDeployment();
  const shown = amount(of, credits.decimals).replace(/\.\d$/, (tenths) => `${tenths}0`);
  const text = shown.startsWith("−") ? `−$${shown.slice(1)}` : shown.startsWith("<") ? `<$${shown.slice(1)}` : `$${shown}`;
  return (
    <span className="amount" title={`$${exact(of, credits.decimals)}`}>
      {text}
    </span>
  );
}

/** A share in basis points. */
export function Bps({ of }: { of: number | null }) {
  return of === null ? <None why="not known" /> : <span title={`${of} of 10,000`}>{percent(of / 10_000)}</span>;
}

/** Nothing to show, said in a way that screen readers say, too. */
export function None({ why = "none" }: { why?: string }) {
  return (
    <span title={why}>
      <span aria-hidden="true">–</span>
      <span className="unseen">{why}</span>
    </span>
  );
}

/** A moment in the reader's zone. */
export function Moment({ at, exactly = false }: { at: number; exactly?: boolean }) {
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={momentExactly(at)}>
      {exactly ? momentExactly(at) : moment(at)}
    </time>
  );
}

/** How long ago, kept current. */
export function Ago({ at }: { at: number }) {
  const now = useNow(at > nowSeconds() - 120 ? 1 : 20);
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={momentExactly(at)}>
      {ago(at, now)}
    </time>
  );
}

/** The present second, again every so many seconds. */
export function useNow(everySeconds: number): number {
  const [now, setNow] = useState(nowSeconds);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowSeconds()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
}

/** Puts a text on the clipboard. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [done, setDone] = useState<"" | "Copied" | "Not allowed">("");
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setDone("Copied"),
      () => setDone("Not allowed"),
    );
    setTimeout(() => setDone(""), 2000);
  };
  return (
    <button type="button" className="copy" onClick={copy} title={`Copy ${what}`}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor">
        {done === "Copied" ? (
          <path d="M2.5 8.500l3.5 3.5 7.5-8" strokeWidth="1.8" />
        ) : (
          <path d="M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3" strokeWidth="1.3" />
        )}
      </svg>
      <span className="unseen" role="status">
        {done || `Copy ${what}`}
      </span>
    </button>
  );
}

/** A hash: its ends, the whole on hover, and a button that copies it. */
export function HashText({ of, whole = false, what = "hash" }: { of: string; whole?: boolean; what?: string }) {
  return (
    <span className={whole ? undefined : "hash"}>
      <code title={of}>{whole ? of : shortened(of, 10)}</code>
      <Copy text={of} what={what} />
    </span>
  );
}

/** A sentence of the rules: long hashes shortened, with the whole of them on hover, and credits as dollars. */
export function Prose({ of }: { of: string }) {
  const { credits } = useDeployment();
  return of
    .replace(/\b(\d{10,}) credits\b/g, (_, value: string) => `$${amount(value, credits.decimals)}`)
    .split(/(0x[0-9a-f]{32,})/i)
    .map((part, i) => (i % 2 === 1 ? <code key={i} title={part}>{shortened(part)}</code> : part));
}

/** An account: a link to its page. */
export function AccountLink({ of, whole = false }: { of: string; whole?: boolean }) {
  return (
    <Link href={`/accounts/${of}`} className="mono hash" title={of}>
      {whole ? of : shortened(of)}
    </Link>
  );
}

export function DeviceLink({ id }: { id: number }) {
  return <Link href={`/devices/${id}`}>Device {id}</Link>;
}

export function EpochLink({ epoch }: { epoch: number }) {
  return <Link href={`/epochs/${epoch}`}>{epoch}</Link>;
}
