import { encodeFunctionData, type Hex } from "viem";
import { read, useApi } from "../api/client";
import { useDeployment } from "../api/deployment";
import type { AccountClaims } from "../api/types";
import { Empty, Read } from "../parts/layout";
import { Table } from "../parts/table";
import { EpochLink, Tokens, NetworkLink } from "../parts/values";
import { CLAIMS, RESULTS } from "./abi";
import { addressOf, ask, Said } from "./chain";
import type { Holdings } from "./holdings";
import { rootOf, subjectOf } from "./merkle";
import type { Connected } from "./provider";
import { Action } from "./signing";

const KINDS: Record<number, string> = { 1: "Service to customers", 4: "Operating a gateway or verifier", 5: "Bootstrap awards", 6: "Verifying, out of emission", 7: "Treasury" };

const owed = (item: AccountClaims["items"][number]) => BigInt(item.cumulative) - BigInt(item.claimed);

export function Claim({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const deployment = useDeployment();
  const { token } = deployment;
  const path = `accounts/${by.account}/claims`;
  const claims = useApi<AccountClaims>(path);

  const prepare = async () => {
    const fresh = await read<AccountClaims>(path);
    const items = fresh.items.filter((each) => owed(each) > 0n);
    if (items.length === 0) throw new Said("There is nothing to claim at the moment.");
    const [, , root] = await ask(by, addressOf(deployment, "Results"), RESULTS, "finalised", []);
    for (const item of items) {
      const leaf = { kind: item.kind, network: item.network, subject: subjectOf(by.account), cumulative: BigInt(item.cumulative) };
      if (rootOf(leaf, item.proof) !== root.toLowerCase()) {
        throw new Said("The proof does not lead to the root that is final on chain. A newer result may just have become final: try again in a moment.");
      }
    }
    const sum = items.reduce((total, each) => total + owed(each), 0n).toString();
    const data = encodeFunctionData({
      abi: CLAIMS,
      functionName: "claimMany",
      args: [
        by.account as Hex,
        items.map((each) => each.kind),
        items.map((each) => each.network),
        items.map((each) => BigInt(each.cumulative)),
        items.map((each) => each.proof as Hex[]),
      ],
    });
    return {
      sentence: (
        <p>
          Up to <Tokens of={sum} /> are paid to your account. It costs nothing but the network fee. The proofs lead to the root that is final on
          chain: this page has checked them.
        </p>
      ),
      calls: [{ label: "Claim", to: addressOf(deployment, "Claims"), data }],
      done: () => <p>Paid. What did not fit into this window’s minting, if anything, stays yours and can be claimed later.</p>,
    };
  };

  return (
    <>
      <p className="note">Rewards of final epochs, paid to whoever earned them. Unclaimed rewards do not expire.</p>
      <Read from={claims}>
        {(data) => {
          const open = data.items.filter((each) => owed(each) > 0n);
          return (
            <Action by={by} button={`Review the claim`} disabled={open.length === 0} prepare={prepare} onDone={() => { holdings.again(); claims.retry(); }}>
              {open.length === 0 ? (
                <Empty title="Nothing can be claimed now.">
                  {data.epoch === null
                    ? "No epoch is final yet."
                    : "New rewards appear when an epoch with your devices in it becomes final; until then they are pending."}
                </Empty>
              ) : (
                <>
                  <Table
                    caption="What can be claimed"
                    rows={open}
                    keyOf={(row) => `${row.kind} ${row.network}`}
                    columns={[
                      { name: "For", head: true, cell: (row) => KINDS[row.kind] ?? `Kind ${row.kind}` },
                      { name: "Network", cell: (row) => (row.network === 0 ? "All" : <NetworkLink of={row.network} />) },
                      { name: `Now, ${token.symbol}`, number: true, cell: (row) => <Tokens of={owed(row).toString()} bare /> },
                      { name: `Claimed before, ${token.symbol}`, number: true, cell: (row) => <Tokens of={row.claimed} bare /> },
                    ]}
                  />
                  {data.epoch === null ? null : (
                    <p className="note">
                      Final up to epoch <EpochLink epoch={data.epoch} />.
                    </p>
                  )}
                </>
              )}
            </Action>
          );
        }}
      </Read>
    </>
  );
}
