import { useCallback, useEffect, useState } from "react";
import type { Hex } from "viem";
import { useDeployment } from "../api/deployment";
import { onChange } from "../api/live";
import { CREDITS, TOKEN } from "./abi";
import { addressOf, ask, inWords } from "./chain";
import type { Connected } from "./provider";

/** What an account holds now, as the chain says through the wallet. */
export interface Holdings {
  tokens?: bigint;
  credits?: bigint;
  error: string;
  again: () => void;
}

export function useHoldings(by: Connected | undefined): Holdings {
  const deployment = useDeployment();
  const [state, setState] = useState<{ of?: string; tokens?: bigint; credits?: bigint; error: string }>({ error: "" });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const account = by?.chainId === deployment.chainId ? by.account : undefined;
  useEffect(() => onChange(again), [again]);
  useEffect(() => {
    if (!by || account === undefined) return;
    let gone = false;
    const read = async () => {
      const [tokens, [credits]] = await Promise.all([
        ask(by, addressOf(deployment, "GroundworkToken"), TOKEN, "balanceOf", [account as Hex]),
        ask(by, addressOf(deployment, "Credits"), CREDITS, "account", [account as Hex]),
      ]);
      if (!gone) setState({ of: account, tokens, credits, error: "" });
    };
    read().catch((e: unknown) => !gone && setState({ of: account, error: `Your balances could not be read. ${inWords(e)}` }));
    return () => {
      gone = true;
    };
  }, [account, by, deployment, round]);
  return state.of === account ? { ...state, again } : { error: "", again };
}
