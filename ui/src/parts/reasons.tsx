import type { ReasonCount } from "../api/types";
import { count } from "../format/number";
import { Badge } from "./badges";

/** What to do about it, if there is anything. */
export function Remedy({ of }: { of: string }) {
  if (of === "" || of === "Nothing to do.") return null;
  return <p className="todo">{/^Nothing to do\b/.test(of) ? of : <><b>What to do:</b> {of}</>}</p>;
}

/** Why records counted or did not, in words, with what to do. */
export function Reasons({ of, unit = "reports" }: { of: ReasonCount[]; unit?: string }) {
  const sorted = [...of].sort((a, b) => Number(a.code === "accepted") - Number(b.code === "accepted") || b.count - a.count);
  return (
    <ul className="reasons">
      {sorted.map((reason) => {
        const accepted = reason.code === "accepted";
        return (
          <li key={`${reason.network} ${reason.code} ${reason.fault}`}>
            <div>
              <Badge mood={accepted ? "good" : reason.fault ? "bad" : "warn"}>
                {accepted ? "Counted" : reason.fault ? "Owed, not delivered" : "Did not count"}
              </Badge>
              <div className="note">
                {count(reason.count)} {reason.fault ? (reason.count === 1 ? "slot" : "slots") : reason.count === 1 ? unit.replace(/s$/, "") : unit}
              </div>
            </div>
            <div>
              <p>{reason.happened || (accepted ? "They passed every check." : reason.code)}</p>
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
