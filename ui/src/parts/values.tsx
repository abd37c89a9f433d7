import { useEffect, useState } from "react";
import { useDeployment, useNetworkNames } from "../api/deployment";
import { amount, dollars, exact } from "../format/amount";
import { count, percent } from "../format/number";
import { shortened } from "../format/hash";
import { ago, moment, momentExactly, nowSeconds } from "../format/time";
import { Link } from "../router";

/** Tokens of the smallest unit, with the symbol; exactly on hover. */
export function Tokens({ of, bare = false }: { of: string | undefined; bare?: boolean }) {
  const { token } = useDeployment();
  if (of === undefined) return <None why="not known" />;
  return (
    <span className="amount" title={`${exact(of, token.decimals)} ${token.symbol}`}>
      {amount(of, token.decimals)}
      {bare ? null : <span className="unit"> {token.symbol}</span>}
    </span>
  );
}

/** Credits of the smallest unit: dollars. */
export function Dollars({ of }: { of: string | undefined }) {
  const { credits } = useDeployment();
  if (of === undefined) return <None why="not known" />;
  return (
    <span className="amount" title={`$${exact(of, credits.decimals)}`}>
      {dollars(of, credits.decimals)}
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

const ENDLESS = 0xffff_ffff;

/** Moments that evidence tells in seconds since 1970. */
const SECONDS = /\b(second|from|to|until) (1[5-9]\d{8}|2[0-4]\d{8})\b/g;

/** Hashes, piece names and command lines in a sentence. */
const LITERAL = /(0x[0-9a-f]{32,}|\bbaga[a-z2-7]{40,}|"groundwork [^"]+"|\bgroundwork(?: [a-z]+){1,2}(?: --[a-z-]+(?: [A-Z]+)?| \d+)*)/;

/** A sentence of the rules: long hashes shortened, with the whole of them on hover, commands as such, and credits as dollars. */
export function Prose({ of }: { of: string }) {
  const { credits } = useDeployment();
  return of
    .replace(/\b(\d{10,}) credits\b/g, (_, value: string) => dollars(value, credits.decimals))
    .replace(SECONDS, (_, word: string, at: string) => `${word === "second" ? "" : `${word} `}${momentExactly(Number(at))}`)
    .split(LITERAL)
    .map((part, i) => {
      if (i % 2 === 0) return part;
      const command = /^"?groundwork/.test(part);
      return (
        <code key={i} className={command ? "phrase" : "hash"} title={command ? undefined : part}>
          {command ? part.replaceAll('"', "") : shortened(part)}
        </code>
      );
    });
}

/** An account: a link to its page. */
export function AccountLink({ of, whole = false }: { of: string; whole?: boolean }) {
  return (
    <Link href={`/accounts/${of}`} className="mono hash" title={of}>
      {whole ? of : shortened(of)}
    </Link>
  );
}

/** The last epoch of a reservation; the largest number of one means that it has no end. */
export function LastEpoch({ of }: { of: number }) {
  return of >= ENDLESS ? <span>No end</span> : <span>{count(of)}</span>;
}

/** A network: its name, as a link to its page. */
export function NetworkLink({ of }: { of: number }) {
  const names = useNetworkNames();
  return (
    <Link href={`/networks/${of}`} className="hash" title={`Network ${of}`}>
      {names.get(of) ?? `Network ${of}`}
    </Link>
  );
}

export function DeviceLink({ id }: { id: number }) {
  return <Link href={`/devices/${id}`}>Device {id}</Link>;
}

export function EpochLink({ epoch }: { epoch: number }) {
  return <Link href={`/epochs/${epoch}`}>{epoch}</Link>;
}
