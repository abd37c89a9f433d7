import { Children, type CSSProperties, type ReactNode, useEffect, useId } from "react";
import { type Reading, Refused } from "../api/client";
import { Copy } from "./values";

/** The head of a page; sets the window's title. */
export function PageHead({ title, lead, crumbs }: { title: string; lead?: ReactNode; crumbs?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Groundwork`;
  }, [title]);
  return (
    <header className="page-head">
      {crumbs ? <p className="crumbs">{crumbs}</p> : null}
      <h1>{title}</h1>
      {lead ? <p className="lead">{lead}</p> : null}
    </header>
  );
}

/** A part of a page under a heading of its own. */
export function Part(props: { title: string; note?: ReactNode; links?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="part" aria-labelledby={id}>
      <div className="part-head">
        <div className="part-title">
          <h2 id={id}>{props.title}</h2>
          {props.links ? <div className="links">{props.links}</div> : null}
        </div>
        {props.note ? <p className="note">{props.note}</p> : null}
      </div>
      {props.children}
    </section>
  );
}

const MOST_ACROSS = 6;

/** Numbers that matter most, side by side. */
export function Stats({ children }: { children: ReactNode }) {
  const many = Children.toArray(children).length;
  const across = many <= MOST_ACROSS ? many : Math.ceil(many / 2);
  return (
    <dl className="stats" style={{ "--across": across } as CSSProperties}>
      {children}
    </dl>
  );
}

export function Stat({ label, value, under }: { label: string; value: ReactNode; under?: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="value">{value}</dd>
      {under ? <dd className="under">{under}</dd> : null}
    </div>
  );
}

/** Names and what they are. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Something to say instead of data. */
export function Message(props: { mood?: "bad" | "warn" | "good"; title: string; children?: ReactNode }) {
  return (
    <div className={`message ${props.mood ?? ""}`} role={props.mood === "bad" ? "alert" : undefined}>
      <strong>{props.title}</strong>
      {props.children ? <div className="what">{props.children}</div> : null}
    </div>
  );
}

/** Nothing there yet: what it means and what would put something there. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return <Message title={title}>{children}</Message>;
}

function Waiting() {
  return (
    <div className="waiting" role="status">
      <span className="unseen">Loading…</span>
      <span className="bar" style={{ width: "38%" }} />
      <span className="bar" style={{ width: "72%" }} />
      <span className="bar" style={{ width: "55%" }} />
    </div>
  );
}

/** What was read, or that it is being read, or why it could not be. What was read before stays when the server is away. */
export function Read<T>({ from, missing, children }: { from: Reading<T>; missing?: ReactNode; children: (data: T) => ReactNode }) {
  if (from.data !== undefined) return <>{children(from.data)}</>;
  if (!from.error) return <Waiting />;
  const nothing = from.error instanceof Refused && (from.error.status === 404 || from.error.status === 400);
  if (nothing && missing) return <>{missing}</>;
  const refused = from.error instanceof Refused ? from.error : undefined;
  return (
    <Message mood="bad" title={refused?.message ? refused.message : "This could not be loaded."}>
      <p>
        {refused
          ? refused.status === 429
            ? "Too many requests came from your address. The page asks again by itself."
            : "If you followed a link, it may name something that does not exist on this deployment."
          : `${from.error.message} The page asks again by itself; what the chain and the public files hold is not affected.`}
      </p>
      <button type="button" className="button" style={{ marginTop: 8 }} onClick={from.retry}>
        Try again
      </button>
    </Message>
  );
}

/** A command line to copy. */
export function Command({ text }: { text: string }) {
  return (
    <div className="command">
      <code tabIndex={0}>{text}</code>
      <Copy text={text} what="command" />
    </div>
  );
}
