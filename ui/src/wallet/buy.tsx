import { useEffect, useState } from "react";
import { encodeFunctionData, type Hex } from "viem";
import { useDeployment } from "../api/deployment";
import { dollars, exact, parseAmount } from "../format/amount";
import { Dollars, Tokens } from "../parts/values";
import { CREDITS, ORACLE, TOKEN } from "./abi";
import { addressOf, ask, type Call, inWords, Said } from "./chain";
import type { Holdings } from "./holdings";
import type { Connected } from "./provider";
import { Action } from "./signing";

/** The price may fall by so much, in 1/10000, between looking and signing. */
const SLIP_BPS = 100n;

export function Buy({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const deployment = useDeployment();
  const { token, credits, priceDecimals } = deployment;
  const [text, setText] = useState("");
  const [price, setPrice] = useState<bigint>();
  const [dormant, setDormant] = useState("");
  const tokens = parseAmount(text, token.decimals);
  useEffect(() => {
    ask(by, addressOf(deployment, "PriceOracle"), ORACLE, "buyPrice", []).then(
      (now) => {
        setPrice(now);
        setDormant("");
      },
      (e: unknown) => setDormant(inWords(e)),
    );
  }, [by, deployment, holdings.tokens]);
  const worth = (of: bigint, at: bigint) => (of * at) / 10n ** BigInt(token.decimals + priceDecimals - credits.decimals);

  const prepare = async () => {
    if (tokens === undefined || tokens === 0n) throw new Said("Write how many tokens to burn, such as 50 or 12.5.");
    if (holdings.tokens !== undefined && tokens > holdings.tokens) throw new Said("The account holds fewer tokens than that.");
    const now = await ask(by, addressOf(deployment, "PriceOracle"), ORACLE, "buyPrice", []);
    const least = (worth(tokens, now) * (10_000n - SLIP_BPS)) / 10_000n;
    const seller = addressOf(deployment, "Credits") as Hex;
    const coin = addressOf(deployment, "GroundworkToken");
    const allowed = await ask(by, coin, TOKEN, "allowance", [by.account as Hex, seller]);
    const calls: Call[] = [];
    if (allowed < tokens) {
      calls.push({
        label: `Allow the credits contract to take exactly ${exact(tokens.toString(), token.decimals)} ${token.symbol}`,
        to: coin,
        data: encodeFunctionData({ abi: TOKEN, functionName: "approve", args: [seller, tokens] }),
      });
    }
    calls.push({ label: "Burn them for credits", to: seller, data: encodeFunctionData({ abi: CREDITS, functionName: "buy", args: [tokens, least] }) });
    return {
      sentence: (
        <p>
          <Tokens of={tokens.toString()} /> of yours are burned, and you get about <Dollars of={worth(tokens, now).toString()} /> of credits, at
          least <Dollars of={least.toString()} />. Burned tokens do not come back, and credits can only be spent on services here: they cannot be
          sold or moved.
        </p>
      ),
      calls,
      done: () => <p>Your credits are there. Reserve some of them for a seller, and he can serve you.</p>,
    };
  };

  return (
    <>
      <p className="note">Services are priced in credits, which are dollars. You get them by burning tokens at the oracle’s low price.</p>
      {dormant ? <p className="wrong">{dormant}</p> : null}
      <Action by={by} button="Review the purchase" prepare={prepare} onDone={holdings.again}>
        <div className="field">
          <label htmlFor="tokens">Tokens to burn, {token.symbol}</label>
          <input id="tokens" inputMode="decimal" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
          <span className="hint">
            {price !== undefined && tokens !== undefined && tokens > 0n ? (
              <>
                About <Dollars of={worth(tokens, price).toString()} /> of credits
              </>
            ) : price !== undefined ? (
              `A token is worth ${dollars(price.toString(), priceDecimals)} of credits`
            ) : (
              "The price is being asked for"
            )}
            {holdings.tokens === undefined ? null : (
              <>
                ; you hold <Tokens of={holdings.tokens.toString()} />
              </>
            )}
            .
          </span>
        </div>
      </Action>
    </>
  );
}
