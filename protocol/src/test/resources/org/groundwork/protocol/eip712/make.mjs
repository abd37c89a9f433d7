// Makes vectors.json with ethers 6: node make.mjs > vectors.json. All values derive from counters.
import { AbiCoder, TypedDataEncoder, Wallet, id, keccak256, solidityPackedKeccak256 } from "ethers";

const abi = AbiCoder.defaultAbiCoder();
const word = (name, i) => id(`${name} ${i}`);
const account = (name, i) => "0x" + word(name, i).slice(26);
const small = (name, i, bits) => (BigInt(word(name, i)) % (1n << BigInt(bits))).toString();
const wallet = new Wallet(word("wallet", 0));
const types = {
  Deal: [["bytes32", "deployment"], ["uint32", "network"], ["uint64", "device"], ["address", "payer"],
    ["address", "seller"], ["bytes32", "reservation"], ["uint256", "rate"], ["uint256", "cap"],
    ["uint64", "startSlot"], ["uint64", "endSlot"], ["bytes", "terms"]],
  DealEnd: [["bytes32", "deployment"], ["bytes32", "deal"]],
  Voucher: [["bytes32", "deployment"], ["uint32", "network"], ["address", "payer"], ["address", "seller"],
    ["bytes32", "reservation"], ["bytes32", "session"], ["uint256", "cumulative"]],
  ScopeDeal: [["bytes32", "deployment"], ["uint32", "network"], ["bytes32", "nonce"], ["address", "payer"],
    ["bytes32", "reservation"], ["uint64[]", "cells"], ["uint256", "rate"], ["uint256", "cap"],
    ["uint64", "firstEpoch"], ["uint64", "lastEpoch"]],
  ProductDeal: [["ScopeDeal", "deal"], ["uint8", "product"]],
  SegmentSlot: [["bytes32", "deployment"], ["uint64", "epoch"], ["address", "gateway"],
    ["bytes32", "segment"], ["uint64", "slot"]],
  IndexCertificate: [["bytes32", "deployment"], ["uint64", "epoch"], ["address", "gateway"], ["bytes32", "index"]],
  Promise: [["bytes32", "deployment"], ["address", "gateway"], ["uint64", "slot"], ["bytes32", "batch"]],
  Request: [["bytes32", "deployment"], ["string", "method"], ["string", "target"], ["bytes32", "content"],
    ["uint64", "time"]],
  Result: [["bytes32", "deployment"], ["uint64", "epoch"], ["uint32", "attempt"], ["bytes32", "closeBlock"],
    ["bytes32", "parent"], ["bytes32", "inputs"], ["bytes32", "rules"], ["bytes32", "carryRoot"],
    ["bytes32", "moneyRoot"], ["Total[]", "totals"]],
  Presence: [["bytes32", "deployment"], ["uint64", "epoch"]],
  DataAccess: [["bytes32", "deployment"], ["bytes32", "deal"], ["uint64", "server"], ["uint64", "expires"]],
  BrokenPromise: [["bytes32", "deployment"], ["uint64", "epoch"], ["address", "gateway"], ["bytes32", "report"]],
};
const Total = [["uint8", "kind"], ["uint32", "network"], ["uint256", "amount"]];
const named = (members) => members.map(([type, name]) => ({ type, name }));

function value(type, name, i) {
  if (name === "startSlot") return i.toString();
  if (name === "endSlot") return (i + 1 + Number(small(name, i, 20))).toString();
  if (name === "network") return (1 + Number(small(name, i, 30))).toString();
  if (name === "device" || name === "server") return (1n + BigInt(small(name, i, 62))).toString();
  if (name === "firstEpoch") return i.toString();
  if (name === "lastEpoch") return (i + Number(small(name, i, 20))).toString();
  if (name === "cells") {
    return Array.from({ length: 1 + 3 * i }, (_, k) => ((599n << 50n) + BigInt(k) * 7919n).toString());
  }
  if (name === "product") return (1 + i).toString();
  if (name === "epoch") return small(name, i, 32);
  if (name === "attempt") return small(name, i, 31);
  if (name === "target") return `/v1/reports?x=${i}&name=ü`;
  if (name === "method") return ["GET", "PUT", "POST"][i % 3];
  if (type === "bytes") return "0x" + word(name, i).slice(2, 2 + 2 * (7 * i % 33));
  if (type === "bytes32") return word(name, i);
  if (type === "address") return account(name, i);
  if (type === "Total[]") {
    return Array.from({ length: i }, (_, k) =>
      ({ kind: String(1 + Math.floor(k / 2)), network: String(1 + k % 2), amount: small("amount", 10 * i + k, 128) }));
  }
  return small(name, i, type === "uint256" ? 256 : 63);
}

const vectors = [];
for (let i = 0; i < 4; i++) {
  const chainId = (31337n + BigInt(i) * 1000003n).toString();
  const registry = account("registry", i);
  const domain = { name: "Groundwork", version: "1", chainId, verifyingContract: registry };
  const deployment = keccak256(abi.encode(["string", "uint256", "address"], ["groundwork/1", chainId, registry]));
  const structs = Object.entries(types).map(([name, members]) => {
    const filled = (of) => Object.fromEntries(of.map(([type, member]) =>
      [member, member === "deployment" ? deployment
        : type === "ScopeDeal" ? filled(types.ScopeDeal) : value(type, member, i)]));
    const message = filled(members);
    const parts = { Result: { Total: named(Total) }, ProductDeal: { ScopeDeal: named(types.ScopeDeal) } };
    const all = { [name]: named(members), ...parts[name] };
    const digest = TypedDataEncoder.hash(domain, all, message);
    return {
      name, message,
      structHash: TypedDataEncoder.from(all).hashStruct(name, message),
      digest,
      signature: wallet.signingKey.sign(digest).serialized,
    };
  });
  const slot = small("slot", i, 60), network = (1 + i).toString(), block = word("block", i);
  const leaf = [String(1 + i % 2), network, word("subject", i), small("cumulative", i, 200)];
  vectors.push({
    chainId, registry, deployment,
    separator: TypedDataEncoder.hashDomain(domain),
    structs,
    seed: { network, slot, block,
      value: keccak256(abi.encode(["bytes32", "uint32", "uint64", "bytes32"], [deployment, network, slot, block])) },
    inputs: { previous: word("previous", i), gateway: account("gateway", i), index: word("index", i),
      value: keccak256(abi.encode(["bytes32", "address", "bytes32"],
        [word("previous", i), account("gateway", i), word("index", i)])) },
    pool: { network,
      value: "0x" + solidityPackedKeccak256(["string", "bytes32", "uint32"],
        ["groundwork/pool/1", deployment, network]).slice(26) },
    leaf: { members: leaf,
      value: keccak256(keccak256(abi.encode(["uint8", "uint32", "bytes32", "uint256"], leaf))) },
  });
}
console.log(JSON.stringify({ signer: wallet.address.toLowerCase(), vectors }, null, 1));
