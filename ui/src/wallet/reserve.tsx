import { useState } from "react";
import { encodeFunctionData, type Hex } from "viem";
import { read, useApi } from "../api/client";
import { closeOf, epochAt, epochSeconds, nameOf, useDeployment } from "../api/deployment";
import type { AccountPage, NetworkRow, Page, Reservation } from "../api/types";
import { parseAmount } from "../format/amount";
import { isAccount, shortened } from "../format/hash";
import { count } from "../format/number";
import { moment, nowSeconds } from "../format/time";
import { Empty, Part } from "../parts/layout";
import { Table } from "../parts/table";
import { AccountLink, Dollars, HashText, LastEpoch, NetworkLink } from "../parts/values";
import { CREDITS } from "./abi";
import { addressOf, Said } from "./chain";
import type { Holdings } from "./holdings";
import type { Connected } from "./provider";
import { Action } from "./signing";

const DEFAULT_DAYS = 30;

export function Reserve({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const deployment = useDeployment();
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  const [network, setNetwork] = useState("");
  const [seller, setSeller] = useState("");
  const [text, setText] = useState("");
  const [days, setDays] = useState(String(DEFAULT_DAYS));
  const credits = parseAmount(text, deployment.credits.decimals);
  const length = /^\d{1,4}$/.test(days.trim()) ? Number(days) : undefined;
  const last = length === undefined ? undefined : epochAt(deployment, nowSeconds()) + Math.max(1, Math.ceil((length * 86_400) / epochSeconds(deployment)));
  const chosen = network || String(networks.data?.items[0]?.network ?? "");

  const prepare = () => {
    if (!isAccount(seller.trim())) throw new Said("The seller is an address: 0x and 40 hexadecimal digits.");
    if (credits === undefined || credits === 0n) throw new Said("Write an amount in dollars, such as 50 or 12.50.");
    if (last === undefined) throw new Said("Write for how many days, such as 30.");
    if (chosen === "") throw new Said("This deployment has no network yet.");
    const data = encodeFunctionData({ abi: CREDITS, functionName: "reserve", args: [Number(chosen), seller.trim() as Hex, credits, BigInt(last)] });
    return Promise.resolve({
      sentence: (
        <p>
          <Dollars of={credits.toString()} /> of your credits are set aside for <code>{shortened(seller.trim())}</code> in <NetworkLink of={Number(chosen)} />, up to
          epoch {count(last)} ({moment(closeOf(deployment, last))}). Only what that seller proves, or what you sign for, is charged; the rest
          returns to you after that epoch. Until then it cannot be used otherwise.
        </p>
      ),
      calls: [{ label: "Reserve", to: addressOf(deployment, "Credits"), data }],
      done: () => <p>Reserved. The seller sees it on chain and can take your deals.</p>,
    });
  };

  return (
    <>
      <p className="note">A seller takes no work without credits that are set aside for him, and can never charge more than those.</p>
      <Action by={by} button="Review the reservation" prepare={prepare} onDone={holdings.again}>
        <div className="field">
          <label htmlFor="reserve-network">Network</label>
          <select id="reserve-network" value={chosen} onChange={(event) => setNetwork(event.target.value)}>
            {networks.data?.items.map((row) => (
              <option key={row.network} value={row.network}>
                {nameOf(row)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="seller">Seller’s address</label>
          <input id="seller" className="mono" placeholder="0x…" spellCheck={false} autoComplete="off" value={seller} onChange={(event) => setSeller(event.target.value)} />
        </div>
        <div className="row">
          <div className="field">
            <label htmlFor="dollars">Credits, dollars</label>
            <input id="dollars" inputMode="decimal" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
            {holdings.credits === undefined ? null : (
              <span className="hint">
                <Dollars of={holdings.credits.toString()} /> free
              </span>
            )}
          </div>
          <div className="field">
            <label htmlFor="days">For days</label>
            <input id="days" inputMode="numeric" autoComplete="off" value={days} onChange={(event) => setDays(event.target.value)} />
            {last === undefined ? null : <span className="hint">to epoch {count(last)}</span>}
          </div>
        </div>
      </Action>
      <Open by={by} holdings={holdings} />
    </>
  );
}

/** Reservations that are open; those whose last epoch is final return their rest. */
function Open({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const deployment = useDeployment();
  const account = useApi<AccountPage>(`accounts/${by.account}`);
  const [chosen, setChosen] = useState<string>();
  const prepare = async () => {
    const known = await read<Reservation>(`reservations/${chosen}`);
    if (!known.releasable) throw new Said(`It runs up to epoch ${count(known.lastEpoch)}, which is not final yet.`);
    const rest = (BigInt(known.credits) - BigInt(known.charged)).toString();
    const data = encodeFunctionData({ abi: CREDITS, functionName: "release", args: [known.reservation as Hex, BigInt(known.charged), known.proof as Hex[]] });
    return {
      sentence: (
        <p>
          <Dollars of={known.charged} /> were charged; <Dollars of={rest} /> return to your free credits.
        </p>
      ),
      calls: [{ label: "Release", to: addressOf(deployment, "Credits"), data }],
      done: () => <p>The rest is free again.</p>,
    };
  };
  return (
    <Part title="Your open reservations">
      {account.data && account.data.reservations.length > 0 ? (
        <>
          <Table
            caption="Open reservations"
            rows={account.data.reservations}
            keyOf={(row) => row.id}
            columns={[
              { name: "Reservation", head: true, cell: (row) => <HashText of={row.id} what="reservation's id" /> },
              { name: "Seller", cell: (row) => <AccountLink of={row.seller} /> },
              { name: "Network", cell: (row) => <NetworkLink of={row.network} /> },
              { name: "Last epoch", number: true, cell: (row) => <LastEpoch of={row.lastEpoch} /> },
              { name: "Credits", number: true, cell: (row) => <Dollars of={row.credits} /> },
              {
                name: "When it is over",
                cell: (row) => (
                  <button type="button" className="quiet" onClick={() => setChosen(row.id)}>
                    Take back the rest
                  </button>
                ),
              },
            ]}
          />
          {chosen ? (
            <Action key={chosen} by={by} button={`Review the release of ${shortened(chosen)}`} prepare={prepare} onDone={holdings.again}>
              {null}
            </Action>
          ) : null}
        </>
      ) : (
        <Empty title={account.data ? "None." : "Loading…"} />
      )}
    </Part>
  );
}
