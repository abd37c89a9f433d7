import { sha256 } from "viem";

export type KeyKind = "ed25519" | "p256" | "secp256k1";

/** What the chain keeps of a device's key. */
export interface PublicKey {
  kind: KeyKind;
  /** 32 bytes for Ed25519, 33 compressed for the others, 0x and hexadecimal. */
  key: `0x${string}`;
}

/** What a device's Hello says (rule G7). */
export interface Hello {
  deployment: `0x${string}`;
  network: number;
  device: bigint;
  keyHash: `0x${string}`;
  owner: `0x${string}`;
  /** UTC milliseconds, by the device's clock. */
  nonce: bigint;
}

export const KEY_TYPES: Record<KeyKind, number> = { ed25519: 1, p256: 2, secp256k1: 3 };

const MAX_TEXT = 64 << 10;
const HEAD = 1 + 32 + 4 + 8 + 32 + 8;
const HELLO = 1 + 20 + 8;
const SIGNATURE = 64;

/**
 * Reads what a device shows of its key: the line of `groundwork device key`, of `groundwork device new --json`, a key
 * file, or the key itself.
 *
 * @throws Error in words
 */
export function publicKey(text: string): PublicKey {
  const trimmed = text.trim();
  if (trimmed.length > MAX_TEXT) throw new Error("That is too long for a key.");
  if (/^(0x)?[0-9a-fA-F]+$/.test(trimmed)) return bare(trimmed);
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch {
    throw new Error("This is neither a key nor what “groundwork device key” prints.");
  }
  const said = json as { groundwork?: { type?: unknown; public?: unknown }; type?: unknown; key?: unknown };
  const kind = String(said.groundwork?.type ?? said.type ?? "").replace(/^device-/, "");
  const key = said.groundwork?.public ?? said.key;
  if (!(kind in KEY_TYPES) || typeof key !== "string") throw new Error("No public key of a device is in it.");
  return checked(kind as KeyKind, key);
}

function bare(text: string): PublicKey {
  const hex = text.replace(/^0x/, "");
  if (hex.length === 64) return checked("ed25519", hex);
  if (hex.length === 66) {
    throw new Error("A key of 33 bytes may be P-256 or secp256k1. Paste what “groundwork device key” prints, which says which.");
  }
  throw new Error(`A device's key has 32 or 33 bytes; this has ${hex.length / 2}.`);
}

function checked(kind: KeyKind, text: string): PublicKey {
  const hex = text.replace(/^0x/, "").toLowerCase();
  const length = kind === "ed25519" ? 64 : 66;
  if (!/^[0-9a-f]*$/.test(hex) || hex.length !== length) throw new Error(`A key of type ${kind} has ${length / 2} bytes.`);
  if (kind !== "ed25519" && !/^0[23]/.test(hex)) throw new Error(`A compressed key of type ${kind} begins with 02 or 03.`);
  return { kind, key: `0x${hex}` };
}

/** SHA-256 over the kind and the key: what a Hello names of it. */
export function keyHash(key: PublicKey): `0x${string}` {
  return sha256(`0x0${KEY_TYPES[key.kind]}${key.key.slice(2)}`);
}

/**
 * Reads a device's Hello: a report in hexadecimal or Base64, or a compact JWS, as `groundwork device sign --hello`
 * prints it. Its signature is not checked here; verifiers do that.
 *
 * @throws Error in words
 */
export function hello(text: string): Hello {
  const trimmed = text.trim();
  if (trimmed.length > MAX_TEXT) throw new Error("That is too long for a Hello.");
  const parts = trimmed.split(".");
  if (parts.length === 3) return ofJws(parts[0] ?? "", parts[1] ?? "");
  const bytes = /^(0x)?[0-9a-fA-F]+$/.test(trimmed) ? ofHex(trimmed.replace(/^0x/, "")) : ofBase64(trimmed);
  const body = view(bytes).getUint32(0);
  if (bytes.length !== 4 + body + SIGNATURE) throw new Error("This is no signed report of a device.");
  return ofBody(bytes.subarray(4, 4 + body - HELLO - 4), bytes.subarray(4 + body - HELLO, 4 + body), bytes.subarray(4 + body - HELLO - 4));
}

function ofJws(header: string, payload: string): Hello {
  const said = JSON.parse(new TextDecoder().decode(ofBase64(header))) as { kid?: unknown };
  if (typeof said.kid !== "string") throw new Error("This is no report of a device: its header names no key.");
  return ofBody(ofBase64(said.kid), ofBase64(payload));
}

function ofBody(head: Uint8Array, payload: Uint8Array, length?: Uint8Array): Hello {
  if (head.length !== HEAD || (length && view(length).getUint32(0) !== HELLO)) throw new Error("This is no Hello of a device.");
  if (payload.length !== HELLO || payload[0] !== 0) throw new Error("This is a report, but not a Hello.");
  const at = view(head);
  return {
    deployment: hex(head.subarray(1, 33)),
    network: at.getUint32(33),
    device: at.getBigUint64(37),
    keyHash: hex(head.subarray(45, 77)),
    owner: hex(payload.subarray(1, 21)),
    nonce: view(payload).getBigUint64(21),
  };
}

function view(bytes: Uint8Array): DataView {
  if (bytes.length < 4) throw new Error("This is too short for a Hello.");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function hex(bytes: Uint8Array): `0x${string}` {
  return `0x${Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("")}`;
}

function ofHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length >> 1 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

function ofBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  } catch {
    throw new Error("This is neither hexadecimal nor Base64.");
  }
}

/** What is wrong with a Hello for an account, or that nothing is. */
export function faults(of: Hello, by: { account: string }, deployment: string, mine: { device: number; network: number }[] | undefined): string[] {
  const said: string[] = [];
  if (of.deployment !== deployment.toLowerCase()) said.push("It is for another deployment: the device's deployment file is not this one's.");
  if (of.owner !== by.account.toLowerCase()) said.push(`It names the owner ${of.owner}, which is not your account.`);
  const registered = mine?.find((each) => BigInt(each.device) === of.device);
  if (mine && !registered) said.push(`You own no device ${of.device}.`);
  if (registered && registered.network !== of.network) said.push(`It is for network ${of.network}; device ${of.device} is in network ${registered.network}.`);
  if (said.length === 0) said.push(`It fits: device ${of.device} of network ${of.network}, owned by you. Its signature is checked by gateways and verifiers.`);
  return said;
}
