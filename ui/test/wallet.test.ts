import { readFileSync } from "node:fs";
import { toEventSelector, toFunctionSelector, toFunctionSignature, encodeErrorResult, type Abi, type AbiFunction } from "viem";
import { describe, expect, test } from "vitest";
import { CLAIMS, CREDITS, ERRORS, GOVERNOR, ORACLE, REGISTRY, RESULTS, SENTENCES, TOKEN } from "../src/wallet/abi";
import { inWords } from "../src/wallet/chain";
import { faults, hello, keyHash, publicKey } from "../src/wallet/device";
import { ENOUGH, range, sentence } from "../src/wallet/estimates";
import { rootOf, subjectOf } from "../src/wallet/merkle";
import { resolutionOf } from "../src/wallet/resolution";
import { figures, units } from "./fixture/values";

const json = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")) as unknown;

describe("calls", () => {
  const contracts: [string, Abi][] = [
    ["GroundworkToken", TOKEN],
    ["Credits", CREDITS],
    ["PriceOracle", ORACLE],
    ["DeviceRegistry", REGISTRY],
    ["Claims", CLAIMS],
    ["Results", RESULTS],
    ["GroundworkGovernor", GOVERNOR],
  ];
  test.each(contracts)("of %s are those of the contract", (name, ours) => {
    const { abi } = json(`contracts/artifacts/${name}.json`) as { abi: Abi };
    const known = new Map(abi.filter((each) => each.type === "function").map((each) => [toFunctionSignature(each), each]));
    for (const each of ours) {
      if (each.type === "function") {
        const there = known.get(toFunctionSignature(each));
        expect(there, each.name).toBeDefined();
        expect(toFunctionSelector(each)).toBe(toFunctionSelector(there as AbiFunction));
        expect(each.outputs.map((output) => output.type)).toEqual((there as AbiFunction).outputs.map((output) => output.type));
        expect(each.stateMutability).toBe((there as AbiFunction).stateMutability);
      } else if (each.type === "event") {
        expect(abi.filter((other) => other.type === "event").map(toEventSelector)).toContain(toEventSelector(each));
      } else if (each.type === "error") {
        const names = abi.filter((other) => other.type === "error").map((other) => `${other.name}(${other.inputs.map((input) => input.type).join()})`);
        expect(names).toContain(`${each.name}(${each.inputs.map((input) => input.type).join()})`);
      }
    }
  });

  test("every error of theirs has a sentence", () => {
    for (const each of ERRORS) expect(SENTENCES[each.name], each.name).toBeTruthy();
  });

  test("a revert is said in words, however deep the wallet hid it", () => {
    const data = encodeErrorResult({ abi: ERRORS, errorName: "InsufficientCredits", args: [1n, 2n] });
    expect(inWords({ code: -32603, message: "Internal", data: { originalError: { code: 3, data } } })).toBe(SENTENCES["InsufficientCredits"]);
    expect(inWords({ code: 3, message: "execution reverted", data })).toBe(SENTENCES["InsufficientCredits"]);
    expect(inWords({ code: 4001, message: "User rejected" })).toContain("declined");
    expect(inWords({ code: -32000, message: "insufficient funds for gas * price + value" })).toContain("network fee");
    expect(inWords({ code: 3, message: "x", data: "0xdeadbeef" })).toContain("0xdeadbeef");
  });
});

describe("claims", () => {
  const tree = json("contracts/test/vectors/money_tree.json") as {
    root: string;
    leaves: { kind: number; network: number; subject: `0x${string}`; account: string; cumulative: string; proof: string[] }[];
  };
  test("proofs of the vectors lead to their root", () => {
    expect(tree.leaves.length).toBeGreaterThan(10);
    for (const leaf of tree.leaves) {
      expect(rootOf({ ...leaf, cumulative: BigInt(leaf.cumulative) }, leaf.proof)).toBe(tree.root);
      if (leaf.kind === 1) expect(subjectOf(leaf.account)).toBe(leaf.subject);
    }
  });
  test("another amount leads elsewhere", () => {
    const leaf = tree.leaves[0]!;
    expect(rootOf({ ...leaf, cumulative: BigInt(leaf.cumulative) + 1n }, leaf.proof)).not.toBe(tree.root);
  });
});

describe("a device's key", () => {
  const folder = "settlement/src/test/resources/org/groundwork/settlement/keys/keys-0";
  test.each(["ed25519", "p256", "secp256k1"] as const)("of type %s is read from a key file and from what the program prints", (kind) => {
    const file = json(`${folder}/device-${kind}.json`) as { groundwork: { type: string; public: string } };
    const read = publicKey(JSON.stringify(file));
    expect(read).toEqual({ kind, key: file.groundwork.public });
    expect(publicKey(JSON.stringify({ groundwork: file.groundwork }))).toEqual(read);
    expect(publicKey(JSON.stringify({ file: "x", type: kind, key: file.groundwork.public }))).toEqual(read);
  });
  test("alone is one of Ed25519, or is refused", () => {
    expect(publicKey("ab".repeat(32))).toEqual({ kind: "ed25519", key: `0x${"ab".repeat(32)}` });
    for (const wrong of ["", "hello", "0x12", "02".repeat(33), "{}", '{"type":"ed25519","key":"0x12"}', '{"type":"p256","key":"0x' + "05".repeat(33) + '"}']) {
      expect(() => publicKey(wrong), wrong).toThrow();
    }
  });
});

describe("a Hello", () => {
  const { reports } = json("protocol/src/test/resources/org/groundwork/protocol/jws/vectors.json") as {
    reports: { key: string; alg: string; deployment: string; network: number; device: number; jws: string; body: string }[];
  };
  const vector = reports.find((each) => each.alg === "EdDSA")!;
  const owner = "12".repeat(20);
  const payload = `00${owner}0000018bcfe56800`;
  const head = vector.body.slice(2, 2 + 2 * 85);
  const base64url = (hex: string) => Buffer.from(hex, "hex").toString("base64url");
  const jws = (body: string) => {
    const [header, , signature] = vector.jws.split(".");
    return [header, base64url(body), signature].join(".");
  };

  test("says its device, network, key and owner, as JWS and as bytes", () => {
    const body = `01${head.slice(2)}0000001d${payload}`;
    const binary = `${(body.length / 2).toString(16).padStart(8, "0")}${body}${"00".repeat(64)}`;
    const expected = {
      deployment: vector.deployment,
      network: vector.network,
      device: BigInt(vector.device),
      keyHash: keyHash(publicKey(vector.key)),
      owner: `0x${owner}`,
      nonce: 1_700_000_000_000n,
    };
    expect(hello(jws(payload))).toEqual(expected);
    expect(hello(binary)).toEqual(expected);
    expect(hello(Buffer.from(binary, "hex").toString("base64"))).toEqual(expected);
  });
  test("is not any other report, and nothing shorter or longer", () => {
    for (const wrong of [vector.jws, jws(`${payload}00`), jws(payload.slice(2)), "a.b.c", "00", "", "!", "ff".repeat(200)]) {
      expect(() => hello(wrong), wrong.slice(0, 40)).toThrow();
    }
  });
  test("that does not fit the account says why", () => {
    const of = hello(jws(payload));
    const mine = [{ device: vector.device, network: vector.network }];
    expect(faults(of, { account: `0x${owner}` }, vector.deployment, mine)[0]).toContain("It fits");
    expect(faults(of, { account: `0x${"34".repeat(20)}` }, vector.deployment, mine)[0]).toContain("owner");
    expect(faults(of, { account: `0x${owner}` }, `0x${"00".repeat(32)}`, mine)[0]).toContain("another deployment");
    expect(faults(of, { account: `0x${owner}` }, vector.deployment, [])[0]).toContain("You own no device");
  });
});

describe("an estimate", () => {
  const epoch = (paid: number, registered: number, low: number, middle: number, high: number) => ({
    ...figures(1, 300),
    paid,
    registered,
    earningsP10: units(low),
    earningsP50: units(middle),
    earningsP90: units(high),
  });
  test("ranges from a bad epoch's low end to a good one's high end", () => {
    const found = range(Array.from({ length: 20 }, (_, i) => epoch(100, 100, 1 + i, 50, 100 + i)));
    expect([found.low, found.middle, found.high].map(String)).toEqual([units(2), units(50), units(117)]);
  });
  test("has nothing as its low end where a tenth of the devices went unpaid", () => {
    expect(range([epoch(89, 100, 1, 2, 3)]).low).toBe(0n);
  });
  test("has nothing in the middle where most devices went unpaid", () => {
    expect(range([epoch(40, 100, 1, 2, 3)]).middle).toBe(0n);
  });
  test("says when it is a guess", () => {
    const few = range([epoch(100, 100, 1, 2, 3)]);
    expect(few.epochs).toBeLessThan(ENOUGH);
    expect(sentence(few)).toContain("a guess");
    expect(sentence(range([]))).toContain("expect nothing");
  });
});

test("a definition's resolution is that of its cells", () => {
  const template = readFileSync(new URL("../../networks/sensing/src/main/resources/org/groundwork/networks/sensing/definition/template.toml", import.meta.url), "utf8");
  expect(resolutionOf(template)).toBe(7);
  expect(resolutionOf("[field.a]\nresolution = 2\n[cells]\ndevices = 3\n")).toBeUndefined();
  expect(resolutionOf("[cells]\nresolution = 5")).toBe(5);
  expect(resolutionOf("")).toBeUndefined();
});
