import { useEffect, useState } from "react";
import { encodeFunctionData, type Hex, zeroAddress } from "viem";
import { useApi } from "../api/client";
import { useDeployment } from "../api/deployment";
import type { Governance, Proposal } from "../api/types";
import { amount } from "../format/amount";
import { moment, nowSeconds } from "../format/time";
import { Empty, Part, Read } from "../parts/layout";
import { stateOf, titleOf } from "../parts/proposals";
import { Tokens } from "../parts/values";
import { Link, useLocation } from "../router";
import { GOVERNOR, TOKEN } from "./abi";
import { addressOf, ask, Said } from "./chain";
import type { Holdings } from "./holdings";
import type { Connected } from "./provider";
import { Action } from "./signing";

const BALLOTS = [
  [1, "For"],
  [0, "Against"],
  [2, "Abstain"],
] as const;

export function Vote({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const governance = useApi<Governance>("governance");
  return (
    <>
      <p className="note">A token has a vote once it is delegated, to yourself or to somebody else, and counts in proposals made after that.</p>
      <Read from={governance}>
        {(data) => {
          const open = data.proposals.filter((each) => ["pending", "active"].includes(stateOf(each, nowSeconds())));
          return open.length === 0 ? (
            <div style={{ marginTop: 16 }}>
              <Empty title="No proposal is open for votes.">
                <Link href="/governance">See those that were decided</Link>.
              </Empty>
            </div>
          ) : (
            <Ballot by={by} holdings={holdings} open={open} />
          );
        }}
      </Read>
      <Delegate by={by} holdings={holdings} />
    </>
  );
}

function Ballot({ by, holdings, open }: { by: Connected; holdings: Holdings; open: Proposal[] }) {
  const deployment = useDeployment();
  const { token } = deployment;
  const { searchParams } = useLocation();
  const [id, setId] = useState(searchParams.get("proposal") ?? "");
  const [support, setSupport] = useState<number>();
  const [reason, setReason] = useState("");
  const proposal = open.find((each) => each.proposal === id) ?? open[0];
  const prepare = async () => {
    if (!proposal) throw new Said("Choose a proposal.");
    if (support === undefined) throw new Said("Choose for, against or abstain.");
    const governor = addressOf(deployment, "GroundworkGovernor");
    const number = BigInt(proposal.proposal);
    const snapshot = await ask(by, governor, GOVERNOR, "proposalSnapshot", [number]);
    if (snapshot >= BigInt(nowSeconds())) throw new Said(`The vote begins ${moment(Number(snapshot))}.`);
    const votes = await ask(by, governor, GOVERNOR, "getVotes", [by.account as Hex, snapshot]);
    if (votes === 0n) throw new Said("Your account had no votes when the proposal's votes were counted. Delegate below to have some in the next one.");
    const word = BALLOTS.find(([value]) => value === support)?.[1].toLowerCase() ?? "";
    return {
      sentence: (
        <p>
          {word === "abstain" ? "You abstain on" : `You vote ${word}`} “{titleOf(proposal)}”, with {amount(votes.toString(), token.decimals)} votes. A
          vote cannot be changed, and it is public with its reason. No tokens leave your account.
        </p>
      ),
      calls: [
        {
          label: "Vote",
          to: governor,
          data: encodeFunctionData({ abi: GOVERNOR, functionName: "castVoteWithReason", args: [number, support, reason.trim()] }),
        },
      ],
      done: () => <p>Your vote counts.</p>,
    };
  };
  return (
    <Action by={by} button="Review the vote" prepare={prepare} onDone={holdings.again}>
      <div className="field">
        <label htmlFor="proposal">Proposal</label>
        <select id="proposal" value={proposal?.proposal} onChange={(event) => setId(event.target.value)}>
          {open.map((each) => (
            <option key={each.proposal} value={each.proposal}>
              {titleOf(each)}
            </option>
          ))}
        </select>
        {proposal ? (
          <span className="hint">
            <Link href={`/governance/${proposal.proposal}`}>Read it</Link>; votes end {moment(proposal.voteEnd)}.
          </span>
        ) : null}
      </div>
      <fieldset className="choice">
        <legend>Your vote</legend>
        {BALLOTS.map(([value, name]) => (
          <label key={value}>
            <input type="radio" name="ballot" checked={support === value} onChange={() => setSupport(value)} /> {name}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="reason">Reason (optional, public)</label>
        <input id="reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
    </Action>
  );
}

function Delegate({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const deployment = useDeployment();
  const [delegate, setDelegate] = useState<string>();
  const [done, setDone] = useState(false);
  const coin = addressOf(deployment, "GroundworkToken");
  // Asked once: were it asked again while the owner signs, what came of that would never be shown.
  useEffect(() => {
    let gone = false;
    ask(by, coin, TOKEN, "delegates", [by.account as Hex]).then((found) => !gone && setDelegate(found.toLowerCase()), () => undefined);
    return () => {
      gone = true;
    };
  }, [by, coin]);
  if (delegate === undefined || delegate === by.account) {
    return delegate ? (
      <Part title="Your votes">
        <p className="note">Your tokens vote by themselves: they are delegated to your own account.</p>
      </Part>
    ) : null;
  }
  const prepare = () =>
    Promise.resolve({
      sentence: (
        <p>
          The votes of all tokens that you hold, now <Tokens of={(holdings.tokens ?? 0n).toString()} />, count for your own account from now on. The
          tokens stay yours and free.
        </p>
      ),
      calls: [{ label: "Delegate to yourself", to: coin, data: encodeFunctionData({ abi: TOKEN, functionName: "delegate", args: [by.account as Hex] }) }],
      done: () => <p>Your tokens vote from the next proposal on.</p>,
    });
  return (
    <Part title="Your votes">
      {done ? null : <p className="note">{delegate === zeroAddress ? "Your tokens are not delegated, so they have no vote yet." : "Your tokens vote through another account."}</p>}
      <Action by={by} button="Review the delegation to yourself" prepare={prepare} onDone={() => { setDone(true); holdings.again(); }} once>
        {null}
      </Action>
    </Part>
  );
}
