import type { ReasonCount } from "../api/types";
import { count } from "../format/number";
import { Badge } from "./badges";

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
              {reason.remedy ? (
                <p className="todo">
                  <b>What to do:</b> {reason.remedy}
                </p>
              ) : null}
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
