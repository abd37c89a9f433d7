import type { Sign } from "../api/types";
import { Badge, type Mood } from "./badges";
import { Message } from "./layout";
import { Ago, Prose } from "./values";

const MOODS: Record<Sign["severity"], [Mood, string]> = {
  info: ["calm", "Note"],
  watch: ["warn", "Watch"],
  trouble: ["bad", "Trouble"],
};

/** What to look at, the worst first, with what to do. */
export function SignList({ signs }: { signs: Sign[] }) {
  if (signs.length === 0) {
    return (
      <Message mood="good" title="Nothing needs attention.">
        No sign of an attack, and every part that is watched does its work.
      </Message>
    );
  }
  return (
    <ul className="reasons">
      {signs.map((sign, i) => (
        <li key={`${sign.code} ${i}`}>
          <div>
            <Badge mood={MOODS[sign.severity][0]}>{MOODS[sign.severity][1]}</Badge>
            {sign.since === null ? null : (
              <div className="note">
                since <Ago at={sign.since} />
              </div>
            )}
          </div>
          <div>
            <p><Prose of={sign.sentence} /></p>
            {sign.remedy ? (
              <p className="todo">
                <b>What to do:</b> <Prose of={sign.remedy} />
              </p>
            ) : null}
            <p className="note">
              <code>{sign.code}</code>
              {sign.attack ? ` · attack ${sign.attack} of the security document` : ""}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
