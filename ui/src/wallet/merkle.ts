import { encodeAbiParameters, type Hex, keccak256, pad } from "viem";

/** A leaf of the money tree (rule M7). */
export interface Leaf {
  kind: number;
  network: number;
  subject: Hex;
  cumulative: bigint;
}

const LEAF = [{ type: "uint8" }, { type: "uint32" }, { type: "bytes32" }, { type: "uint256" }] as const;

/** The subject that stands for an account. */
export function subjectOf(account: string): Hex {
  return pad(account as Hex, { size: 32 });
}

/** As OpenZeppelin's StandardMerkleTree hashes leaves: twice. */
export function leafHash(leaf: Leaf): Hex {
  return keccak256(keccak256(encodeAbiParameters(LEAF, [leaf.kind, leaf.network, leaf.subject, leaf.cumulative])));
}

/** The root to which a proof leads from a leaf. */
export function rootOf(leaf: Leaf, proof: readonly string[]): Hex {
  return proof.reduce<Hex>((hash, each) => {
    const other = each.toLowerCase() as Hex;
    const [low, high] = hash < other ? [hash, other] : [other, hash];
    return keccak256(`0x${low.slice(2)}${high.slice(2)}`);
  }, leafHash(leaf));
}
