import type { ReasonCount } from "../api/types";
import { count, plural } from "../format/number";
import { Badge } from "./badges";
import { NetworkLink, Prose } from "./values";

/** What to do about it, if there is anything. */
export function Remedy({ of }: { of: string }) {
  if (of === "" || of === "Nothing to do.") return null;
  return <p className="todo">{/^Nothing to do\b/.test(of) ? of : <><b>What to do:</b> <Prose of={of} /></>}</p>;
}

/** Why records counted or did not, in words, with what to do. */
export function Reasons({ of, unit = "report" }: { of: ReasonCount[]; unit?: string }) {
  const sorted = [...of].sort((a, b) => Number(a.code === "accepted") - Number(b.code === "accepted") || b.count - a.count);
  const several = new Set(of.map((reason) => reason.network)).size > 1;
  return (
    <ul className="reasons">
      {sorted.map((reason) => {
        const accepted = reason.code === "accepted";
        return (
          <li key={`${reason.network} ${reason.code} ${reason.fault}`}>
            <div>
              <Badge mood={accepted ? "good" : reason.fault ? "bad" : "warn"}>
                {accepted ? "Counted" : reason.fault ? "Fault" : "Did not count"}
              </Badge>
              <div className="note">
                {reason.fault ? (reason.count === 1 ? "once" : `${count(reason.count)} times`) : plural(reason.count, unit)}
              </div>
              {several ? <div className="note"><NetworkLink of={reason.network} /></div> : null}
            </div>
            <div>
              <p>{accepted ? (reason.count === 1 ? "It passed every check." : "They passed every check.") : reason.happened || reason.code}</p>
              {accepted ? null : <Remedy of={reason.remedy} />}
              {accepted ? null : (
                <p className="note">
                  <code>{reason.code}</code>
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
