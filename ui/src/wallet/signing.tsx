import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { amount } from "../format/amount";
import { HashText } from "../parts/values";
import { type Call, coins, fee, inWords, type Receipt, rehearse, Said, send } from "./chain";
import type { Connected } from "./provider";

const COIN_DECIMALS = 18;

/** What an action is about to do. */
export interface Plan {
  /** One or two sentences: what will happen, what it costs, what cannot be undone. */
  sentence: ReactNode;
  calls: Call[];
  /** What to say when it is done. */
  done: (last: Receipt) => ReactNode;
}

type State =
  | { at: "form"; error?: string }
  | { at: "preparing" }
  | { at: "review"; plan: Plan; fee?: bigint; poor: boolean }
  | { at: "signing"; plan: Plan; step: number }
  | { at: "done"; said: ReactNode; last: Receipt };

/**
 * A form, then what will happen in words and what it costs, then the wallet, then what came of it. Each transaction is
 * tried on the chain before it is shown for signing.
 */
export function Action(props: {
  by: Connected;
  children: ReactNode;
  button: string;
  disabled?: boolean;
  /** @throws Said in words if the form does not make sense */
  prepare: () => Promise<Plan>;
  onDone: () => void;
  /** Whether there is nothing to do a second time. */
  once?: boolean;
}) {
  const [state, setState] = useState<State>({ at: "form" });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (state.at === "review" || state.at === "done") heading.current?.focus();
  }, [state.at]);

  const review = async (event: FormEvent) => {
    event.preventDefault();
    setState({ at: "preparing" });
    try {
      const plan = await props.prepare();
      const first = plan.calls[0];
      if (!first) throw new Said("There is nothing to do.");
      await rehearse(props.by, first);
      const [cost, held] = await Promise.all([total(props.by, plan.calls), coins(props.by)]);
      setState({ at: "review", plan, fee: cost, poor: cost !== undefined && held < cost });
    } catch (e) {
      setState({ at: "form", error: inWords(e) });
    }
  };

  const sign = async (plan: Plan) => {
    let last: Receipt | undefined;
    try {
      for (const [step, call] of plan.calls.entries()) {
        setState({ at: "signing", plan, step });
        if (step > 0) await rehearse(props.by, call);
        last = await send(props.by, call);
      }
      if (!last) return;
      setState({ at: "done", said: plan.done(last), last });
      props.onDone();
    } catch (e) {
      setState({ at: "form", error: inWords(e) });
    }
  };

  if (state.at === "done") {
    return (
      <div className="message good" role="status">
        <h3 ref={heading} tabIndex={-1}>
          Done
        </h3>
        <div>{state.said}</div>
        <p className="note">
          In block {state.last.blockNumber.toLocaleString("en")}, transaction <HashText of={state.last.transactionHash} what="transaction hash" />
        </p>
        {props.once ? null : (
          <button type="button" className="button" onClick={() => setState({ at: "form" })}>
            Another one
          </button>
        )}
      </div>
    );
  }
  if (state.at === "review" || state.at === "signing") {
    const { plan } = state;
    return (
      <div className="review">
        <h3 ref={heading} tabIndex={-1}>
          What will happen
        </h3>
        <div className="sentence">{plan.sentence}</div>
        {plan.calls.length > 1 ? (
          <ol>
            {plan.calls.map((call, i) => (
              <li key={call.label} aria-current={state.at === "signing" && state.step === i ? "step" : undefined}>
                {call.label}
              </li>
            ))}
          </ol>
        ) : null}
        {state.at === "review" ? (
          <>
            <p className="note">
              {state.fee === undefined
                ? "Your wallet shows the network fee."
                : `Network fee: about ${amount(state.fee.toString(), COIN_DECIMALS)} of the chain's own coin.`}{" "}
              {plan.calls.length > 1 ? `Your wallet asks ${plan.calls.length} times.` : ""}
            </p>
            {state.poor ? <p className="wrong">The account has too little of the chain’s own coin for the fee.</p> : null}
            <div className="buttons">
              <button type="button" className="button main" disabled={state.poor} onClick={() => void sign(plan)}>
                Sign in wallet
              </button>
              <button type="button" className="button" onClick={() => setState({ at: "form" })}>
                Back
              </button>
            </div>
          </>
        ) : (
          <p role="status">
            {plan.calls.length > 1 ? `Step ${state.step + 1} of ${plan.calls.length}: ` : ""}confirm in your wallet, then wait for the block…
          </p>
        )}
      </div>
    );
  }
  return (
    <form className="action" onSubmit={(event) => void review(event)} noValidate>
      {props.children}
      {state.at === "form" && state.error ? (
        <p className="wrong" role="alert">
          {state.error}
        </p>
      ) : null}
      <div className="buttons">
        <button type="submit" className="button main" disabled={props.disabled || state.at === "preparing"}>
          {state.at === "preparing" ? "Asking the chain…" : props.button}
        </button>
      </div>
    </form>
  );
}

/** The fee of all steps; a later step is taken for as dear as the first where it cannot be tried yet. */
async function total(by: Connected, calls: Call[]): Promise<bigint | undefined> {
  let sum: bigint | undefined;
  let first: bigint | undefined;
  for (const call of calls) {
    const cost = (await fee(by, call)) ?? (first === undefined ? undefined : 3n * first);
    if (cost === undefined) return undefined;
    first ??= cost;
    sum = (sum ?? 0n) + cost;
  }
  return sum;
}
