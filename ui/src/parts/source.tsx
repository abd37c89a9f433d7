import type { Source } from "../api/types";
import { count } from "../format/number";
import { EpochLink, HashText, Moment } from "./values";

/** What the numbers of a page rest on. */
export function SourceLine({ of }: { of: Source }) {
  if (of.block === undefined || of.time === undefined || of.blockHash === undefined) return null;
  return (
    <details className="source" style={{ marginTop: 40 }}>
      <summary>
        Where these numbers come from: block {count(of.block)}
        {of.epoch === undefined ? "" : `, epoch ${of.epoch}`}
      </summary>
      <ul className="note" style={{ listStyle: "none", marginTop: 8 }}>
        <li>
          Block {count(of.block)} of <Moment at={of.time} />: <HashText of={of.blockHash} what="block hash" />
        </li>
        {of.epoch === undefined ? null : (
          <li>
            Result of epoch <EpochLink epoch={of.epoch} />
            {of.resultHash ? (
              <>
                : <HashText of={of.resultHash} what="result hash" />
              </>
            ) : null}
          </li>
        )}
        {of.moneyRoot ? (
          <li>
            Money root: <HashText of={of.moneyRoot} what="money root" />
          </li>
        ) : null}
        {of.carryRoot ? (
          <li>
            Carry root: <HashText of={of.carryRoot} what="carry root" />
          </li>
        ) : null}
        {of.files && of.files.length > 0 ? <li>Published files: {of.files.join(", ")}</li> : null}
      </ul>
    </details>
  );
}
