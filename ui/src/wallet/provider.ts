import { useSyncExternalStore } from "react";

/** What an EIP-1193 wallet offers. */
export interface Eip1193 {
  request(call: { method: string; params?: unknown[] }): Promise<unknown>;
  on?(event: string, listener: (value: unknown) => void): void;
}

/** A wallet in this browser, by EIP-6963 or as `window.ethereum`. */
export interface Found {
  id: string;
  name: string;
  provider: Eip1193;
}

export interface Connected {
  wallet: Found;
  account: string;
  chainId: number;
}

interface Announcement {
  info: { uuid: string; name: string };
  provider: Eip1193;
}

const MAX_WALLETS = 20;

let found: readonly Found[] = [];
let connected: Connected | undefined;
let started = false;
const listeners = new Set<() => void>();

function tell() {
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (!started) start();
  return () => listeners.delete(listener);
}

function start() {
  started = true;
  window.addEventListener("eip6963:announceProvider", (event) => {
    const { info, provider } = (event as CustomEvent<Announcement>).detail;
    if (found.length >= MAX_WALLETS || found.some((each) => each.id === info.uuid)) return;
    found = [...found.filter((each) => each.provider !== provider), { id: info.uuid, name: info.name.slice(0, 60), provider }];
    tell();
  });
  window.dispatchEvent(new Event("eip6963:requestProvider"));
  const old = (window as { ethereum?: Eip1193 }).ethereum;
  if (old && found.every((each) => each.provider !== old)) {
    found = [...found, { id: "window.ethereum", name: "Browser wallet", provider: old }];
    tell();
  }
}

/** The wallets of this browser. */
export function useWallets(): readonly Found[] {
  return useSyncExternalStore(subscribe, () => found);
}

/** The wallet that the reader connected. */
export function useConnected(): Connected | undefined {
  return useSyncExternalStore(subscribe, () => connected);
}

/**
 * Asks a wallet for its account.
 *
 * @throws what the wallet says if its owner refuses
 */
export async function connect(wallet: Found): Promise<void> {
  const accounts = await wallet.provider.request({ method: "eth_requestAccounts" });
  const account: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof account !== "string") throw new Error("The wallet named no account.");
  connected = { wallet, account: account.toLowerCase(), chainId: await chainId(wallet.provider) };
  tell();
  wallet.provider.on?.("accountsChanged", (accounts) => {
    const next: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
    if (connected?.wallet !== wallet) return;
    connected = typeof next === "string" ? { ...connected, account: next.toLowerCase() } : undefined;
    tell();
  });
  wallet.provider.on?.("chainChanged", (id) => {
    if (connected?.wallet !== wallet) return;
    connected = { ...connected, chainId: Number(id) };
    tell();
  });
}

/** Forgets the wallet; it stays as it is. */
export function disconnect() {
  connected = undefined;
  tell();
}

/** Asks the wallet to go to another chain. */
export async function switchChain(to: Connected, id: number): Promise<void> {
  await to.wallet.provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId: `0x${id.toString(16)}` }] });
  connected = { ...to, chainId: await chainId(to.wallet.provider) };
  tell();
}

async function chainId(provider: Eip1193): Promise<number> {
  return Number(await provider.request({ method: "eth_chainId" }));
}
