import {
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeErrorResult,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
} from "viem";
import type { Deployment } from "../api/types";
import { ERRORS, SENTENCES } from "./abi";
import type { Connected } from "./provider";

/** A transaction to sign. */
export interface Call {
  /** What it does, for the list of steps. */
  label: string;
  to: string;
  data: Hex;
}

export interface Receipt {
  transactionHash: Hex;
  blockNumber: number;
  logs: { address: string; topics: [Hex, ...Hex[]]; data: Hex }[];
}

/** A wallet or the chain said no, in words. */
export class Said extends Error {}

const RECEIPT_PAUSE_MILLIS = 700;
const RECEIPT_TRIES = 260;
const USER_REJECTED = 4001;

/** The address of a contract by its name in Solidity. */
export function addressOf(deployment: Deployment, name: string): string {
  const wanted = name.toLowerCase();
  for (const [key, address] of Object.entries(deployment.contracts)) {
    if (key.toLowerCase() === wanted || `groundwork${key.toLowerCase()}` === wanted) return address;
  }
  throw new Said(`This deployment has no contract ${name}.`);
}

/** Asks a view of a contract, through the wallet. */
export async function ask<const A extends Abi, N extends ContractFunctionName<A, "view">>(
  by: Connected,
  to: string,
  abi: A,
  functionName: N,
  args: ContractFunctionArgs<A, "view", N>,
): Promise<ContractFunctionReturnType<A, "view", N>> {
  const encode = encodeFunctionData as (call: { abi: Abi; functionName: string; args: readonly unknown[] }) => Hex;
  const decode = decodeFunctionResult as (call: { abi: Abi; functionName: string; data: Hex }) => unknown;
  const data = encode({ abi, functionName, args: args as readonly unknown[] });
  const answer = await request<Hex>(by, "eth_call", [{ to, data }, "latest"]);
  return decode({ abi, functionName, data: answer }) as ContractFunctionReturnType<A, "view", N>;
}

/** Tries a call without sending it; says in words why it would fail. */
export async function rehearse(by: Connected, call: Call): Promise<void> {
  await request(by, "eth_call", [{ from: by.account, to: call.to, data: call.data }, "latest"]);
}

/** What the network takes for a call, in the chain's own coin with 18 decimals; undefined if nobody can tell yet. */
export async function fee(by: Connected, call: Call): Promise<bigint | undefined> {
  try {
    const [gas, price] = await Promise.all([
      request<Hex>(by, "eth_estimateGas", [{ from: by.account, to: call.to, data: call.data }]),
      request<Hex>(by, "eth_gasPrice", []),
    ]);
    return BigInt(gas) * BigInt(price);
  } catch {
    return undefined;
  }
}

/** The account's balance of the chain's own coin. */
export async function coins(by: Connected): Promise<bigint> {
  return BigInt(await request<Hex>(by, "eth_getBalance", [by.account, "latest"]));
}

/**
 * Has the wallet sign and send a call, and waits until it is in a block.
 *
 * @throws Said in words if the owner refuses or the chain rejects it
 */
export async function send(by: Connected, call: Call): Promise<Receipt> {
  const hash = await request<Hex>(by, "eth_sendTransaction", [{ from: by.account, to: call.to, data: call.data }]);
  for (let i = 0; i < RECEIPT_TRIES; i++) {
    const receipt = await request<{ status: Hex; blockNumber: Hex; logs: Receipt["logs"] } | null>(by, "eth_getTransactionReceipt", [hash]);
    if (receipt) {
      if (BigInt(receipt.status) !== 1n) throw new Said(`The chain took the transaction and undid it: ${hash}. Nothing but the fee was spent.`);
      return { transactionHash: hash, blockNumber: Number(receipt.blockNumber), logs: receipt.logs };
    }
    await new Promise((resolve) => setTimeout(resolve, RECEIPT_PAUSE_MILLIS));
  }
  throw new Said(`The transaction ${hash} is sent, but in no block yet. Your wallet shows when it is; do not send it twice.`);
}

async function request<T>(by: Connected, method: string, params: unknown[]): Promise<T> {
  try {
    return (await by.wallet.provider.request({ method, params })) as T;
  } catch (e) {
    throw new Said(inWords(e));
  }
}

/** What a wallet's error means. */
export function inWords(error: unknown): string {
  if (error instanceof Said) return error.message;
  const said = error as { code?: unknown; message?: unknown };
  if (said.code === USER_REJECTED) return "You declined it in the wallet. Nothing was sent.";
  const data = revertData(error);
  if (data) {
    try {
      const { errorName } = decodeErrorResult({ abi: ERRORS, data });
      return SENTENCES[errorName] ?? `The contract refuses: ${errorName}.`;
    } catch {
      return `The contract refuses with ${data.slice(0, 10)}, which this page does not know.`;
    }
  }
  const message = typeof said.message === "string" ? said.message : String(error);
  if (/insufficient funds/i.test(message)) return "The account has too little of the chain's own coin to pay the network fee.";
  return message.slice(0, 300);
}

function revertData(error: unknown, depth = 0): Hex | undefined {
  if (typeof error === "string") return /^0x[0-9a-f]{8,}$/i.test(error) ? (error as Hex) : undefined;
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  for (const key of ["data", "error", "cause", "originalError"]) {
    const found = revertData((error as Record<string, unknown>)[key], depth + 1);
    if (found) return found;
  }
  return undefined;
}
