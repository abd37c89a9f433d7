import { lazy, Suspense, useState } from "react";
import { decodeEventLog, encodeFunctionData } from "viem";
import { useApi } from "../api/client";
import { useDeployment } from "../api/deployment";
import type { DeviceRow, Network, NetworkRow, Page } from "../api/types";
import { shortened } from "../format/hash";
import { Command, Part } from "../parts/layout";
import { Link } from "../router";
import { REGISTRY } from "./abi";
import { addressOf, type Receipt, Said } from "./chain";
import { faults, hello, KEY_TYPES, publicKey } from "./device";
import type { Holdings } from "./holdings";
import type { Connected } from "./provider";
import { resolutionOf } from "./resolution";
import { canScan, Scan } from "./scan";
import { Action } from "./signing";

/** Brings H3 along, which devices without a place do not need. */
const Place = lazy(() => import("./place"));

const NAMES = { ed25519: "Ed25519", p256: "P-256", secp256k1: "secp256k1" };
const MAX_ENDPOINT = 256;

export function Register({ by, holdings }: { by: Connected; holdings: Holdings }) {
  const deployment = useDeployment();
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  const [chosen, setChosen] = useState("");
  const [text, setText] = useState("");
  const [endpoint, setEndpoint] = useState("");
  const [cell, setCell] = useState("");
  const id = chosen || String(networks.data?.items[0]?.network ?? "");
  const network = useApi<Network>(id ? `networks/${id}` : undefined);
  const resolution = resolutionOf(network.data?.parameters ?? "");
  const read = attempt(() => publicKey(text));

  const prepare = () => {
    if (text.trim() === "") throw new Said("Paste the device's public key first.");
    if (!read.value) throw new Said(read.error);
    if (!network.data) throw new Said("Choose a network.");
    if (resolution !== undefined && cell === "") throw new Said("Say where the device stands; devices of this network are paid by cell.");
    if (endpoint.length > MAX_ENDPOINT) throw new Said("The endpoint is too long.");
    const key = read.value;
    const where = resolution === undefined ? 0n : BigInt(`0x${cell}`);
    const data = encodeFunctionData({
      abi: REGISTRY,
      functionName: "register",
      args: [network.data.network, KEY_TYPES[key.kind], key.key, where, endpoint.trim()],
    });
    return Promise.resolve({
      sentence: (
        <p>
          The device with the {NAMES[key.kind]} key <code>{shortened(key.key, 10)}</code> is registered in network {network.data.network} (
          {network.data.title || network.data.kind}) as yours: what it earns is paid to {shortened(by.account)}.{" "}
          {resolution === undefined ? "" : `Its cell ${cell} becomes public, nothing finer. `}It costs the network fee alone; you get the device as a
          token that you can pass on.
        </p>
      ),
      calls: [{ label: "Register", to: addressOf(deployment, "DeviceRegistry"), data }],
      done: (last: Receipt) => <Registered number={numberIn(last)} by={by} network={network.data?.network ?? 0} kind={network.data?.kind ?? ""} />,
    });
  };

  return (
    <>
      <p className="note">
        A device is known by its key. On the device, <code>groundwork device new station.json</code> makes one; paste what{" "}
        <code>groundwork device key --key station.json</code> prints. The secret stays on the device.
      </p>
      <Action by={by} button="Review the registration" prepare={prepare} onDone={holdings.again}>
        <div className="field">
          <label htmlFor="register-network">Network</label>
          <select id="register-network" value={id} onChange={(event) => { setChosen(event.target.value); setCell(""); }}>
            {networks.data?.items.map((row) => (
              <option key={row.network} value={row.network}>
                {row.title || row.kind}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="key">The device’s public key</label>
          <textarea id="key" className="mono" rows={3} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
          {text.trim() === "" ? null : read.value ? (
            <span className="hint">
              {NAMES[read.value.kind]}, {shortened(read.value.key, 10)}
            </span>
          ) : (
            <span className="wrong">{read.error}</span>
          )}
          {canScan() ? <Scan onText={setText} /> : null}
        </div>
        {resolution === undefined ? (
          <div className="field">
            <label htmlFor="endpoint">Where it is reached (optional)</label>
            <input id="endpoint" placeholder="https://provider.example:8440" spellCheck={false} value={endpoint} onChange={(event) => setEndpoint(event.target.value)} />
          </div>
        ) : (
          <Suspense fallback={<p className="note">Loading…</p>}>
            <Place resolution={resolution} cell={cell} onCell={setCell} />
          </Suspense>
        )}
      </Action>
      <CheckHello by={by} />
    </>
  );
}

function attempt<T>(of: () => T): { value?: T; error: string } {
  try {
    return { value: of(), error: "" };
  } catch (e) {
    return { error: e instanceof Error ? e.message : String(e) };
  }
}

function numberIn(receipt: Receipt): string {
  for (const log of receipt.logs) {
    try {
      const { args } = decodeEventLog({ abi: REGISTRY, data: log.data, topics: log.topics });
      return args.deviceId.toString();
    } catch {
      // An event of another contract.
    }
  }
  return "?";
}

function Registered({ number, by, network, kind }: { number: string; by: Connected; network: number; kind: string }) {
  return (
    <>
      <p>
        It is <Link href={`/devices/${number}`}>device {number}</Link>. It counts from its first accepted Hello on, which its agent sends by itself:
      </p>
      <div style={{ margin: "10px 0", width: "100%" }}>
        <Command
          text={
            kind === "storage"
              ? "groundwork storage provide my-provider"
              : `groundwork device sign --hello ${by.account} --device ${number} --network ${network} --key station.json --deployment deployment.json`
          }
        />
      </div>
      <p className="note">The explorer shows it as soon as the next epoch is settled.</p>
    </>
  );
}

/** Says what a device's Hello holds, and whether it fits the account. */
function CheckHello({ by }: { by: Connected }) {
  const deployment = useDeployment();
  const [text, setText] = useState("");
  const read = attempt(() => hello(text));
  const mine = useApi<Page<DeviceRow>>(`devices?owner=${by.account}&limit=200`);
  return (
    <Part title="Check a Hello" note="A Hello names the device’s number, so it comes after the registration. If a device stays silent, paste its Hello here to see what is wrong with it.">
      <div className="action" style={{ marginTop: 0 }}>
        <div className="field">
          <label htmlFor="hello">Hello, as <code>groundwork device sign --hello</code> prints it</label>
          <textarea id="hello" className="mono" rows={3} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
        </div>
        {text.trim() === "" ? null : read.value ? (
          <ul role="status" style={{ paddingLeft: 20 }}>
            {faults(read.value, by, deployment.deployment, mine.data?.items).map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        ) : (
          <p className="wrong">{read.error}</p>
        )}
      </div>
    </Part>
  );
}
