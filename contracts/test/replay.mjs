// A chain with deployments, calls, a failure and a creation by CREATE2 replays equal; whatever a node says wrongly of it
// is found. Run with `node --test`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import crypto from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const { replayChain, Difference } = createRequire(import.meta.url)("../bin/replay");

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
const GENESIS = 1_800_000_000;
const CREATE2_DEPLOYER = "0x4e59b44847b379578588920ca78fbf26c0b4956c";
const SET = "0xe5c19b2d"; // set(int256)
const REGISTER = "0x5b1faf70"; // register(uint32,uint8,bytes,uint64,string)
const DEPLOYMENT = "0x2dde9aca"; // deployment()
const PROVE_POSSESSION = "0x9c38b7e1"; // provePossession(uint256,bytes32,bytes32,bytes32)
// Stores the parent's hash and the randomness of the block whenever it is called.
const CLOCKWORK = "0x6b" + "60014303405f554460015500" + "5f52600c6014f3";

let anvil;
let url;
let stopped = Promise.resolve();
let failedTransaction;

before(async () => {
  const binary = path.join(root, "node_modules", "@foundry-rs", `anvil-${platform}`, "bin", "anvil");
  // As settlement's local chain starts it.
  const args = `--host 127.0.0.1 --port 0 --chain-id 31337 --timestamp ${GENESIS} --hardfork cancun --no-mining
    --order fifo --slots-in-an-epoch 0 --color never --prune-history`;
  anvil = spawn(binary, args.split(/\s+/), { stdio: ["ignore", "pipe", "inherit"] });
  stopped = once(anvil, "exit");
  url = await new Promise((resolve, reject) => {
    let text = "";
    anvil.on("error", reject);
    anvil.on("exit", () => reject(new Error(`anvil ended: ${text}`)));
    anvil.stdout.on("data", (chunk) => {
      text += chunk;
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
  });
  await fill();
});

after(async () => {
  anvil?.kill("SIGKILL");
  await stopped;
});

async function ask(method, ...params) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { result, error } = await answer.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

let time = GENESIS;
const mine = () => ask("evm_mine", { timestamp: ++time });

async function send(transaction) {
  const hash = await ask("eth_sendTransaction", { gas: "0x4c4b40", ...transaction });
  await mine();
  return ask("eth_getTransactionReceipt", hash);
}

const creationCode = (name) =>
  JSON.parse(fs.readFileSync(path.join(root, "artifacts", `${name}.json`), "utf8")).bytecode;

const word = (value) => BigInt(value).toString(16).padStart(64, "0");

async function fill() {
  const [owner, stranger] = await ask("eth_accounts");
  await mine();
  const feed = await send({ from: owner, data: creationCode("TestFeed") + word(8) + word(2e8) + word(owner) });
  assert.equal(feed.status, "0x1");
  assert.equal((await send({ from: owner, to: feed.contractAddress, data: SET + word(3e8) })).status, "0x1");
  failedTransaction = await send({ from: stranger, to: feed.contractAddress, data: SET + word(4e8) });
  assert.equal(failedTransaction.status, "0x0");
  await send({ from: stranger, to: "0x00000000000000000000000000000000000000aa", value: "0x5" });
  await send({ from: owner, to: CREATE2_DEPLOYER, data: "0x" + word(7) + CLOCKWORK.slice(2) });
  const clockwork = await send({ from: owner, data: CLOCKWORK });
  for (let i = 0; i < 3; i++) await send({ from: stranger, to: clockwork.contractAddress });
  const parent = await ask("eth_getBlockByNumber", "latest", false).then((block) => block.parentHash);
  assert.equal(await ask("eth_getStorageAt", clockwork.contractAddress, "0x0", "latest"), parent);
  // Two of one block, each with a log.
  for (const answer of [5, 6]) {
    const data = SET + word(answer);
    await ask("eth_sendTransaction", { from: owner, to: feed.contractAddress, data, gas: "0x4c4b40" });
  }
  await mine();
  await mine();
  await provePossession(owner);
}

/** A device of a P-256 key proves it on chain: SHA-256 and many modular powers, by precompiled contracts. */
async function provePossession(owner) {
  const registry = (await send({ from: owner, data: creationCode("DeviceRegistry") })).contractAddress;
  const { privateKey, publicKey } = crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = publicKey.export({ format: "jwk" });
  const [x, y] = [jwk.x, jwk.y].map((coordinate) => Buffer.from(coordinate, "base64url").toString("hex"));
  const key = (parseInt(y.slice(-1), 16) % 2 === 0 ? "02" : "03") + x;
  const fields = [1, 2, 0xa0, 0, 0x100].map(word).join("");
  await send({ from: owner, to: registry, data: REGISTER + fields + word(33) + key.padEnd(128, "0") + word(0) });
  const deployment = (await ask("eth_call", { to: registry, data: DEPLOYMENT }, "latest")).slice(2);
  const name = "groundwork possession";
  const label = word(name.length) + Buffer.from(name).toString("hex").padEnd(64, "0");
  const statement = Buffer.from(word(0x80) + deployment + word(1) + word(owner) + label, "hex");
  const signature = crypto.sign("sha256", statement, { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("hex");
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt("0x" + signature.slice(64));
  const low = s > order / 2n ? order - s : s;
  const data = PROVE_POSSESSION + word(1) + y + signature.slice(0, 64) + word(low);
  assert.equal((await send({ from: owner, to: registry, data })).status, "0x1");
}

/** Calls `use` with the URL of a node that answers like anvil but for what `alter` changes. */
async function withAltered(alter, use) {
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, params } = JSON.parse(Buffer.concat(chunks).toString());
    const answer = await ask(method, ...params).then(
      (result) => ({ result: alter(method, result) ?? result }),
      (e) => ({ error: { message: e.message } }),
    );
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function expectDifference(alter, reason) {
  await assert.rejects(withAltered(alter, replayChain), (e) => {
    assert.ok(e instanceof Difference, e.stack);
    assert.match(e.message, reason);
    return true;
  });
}

/** Runs the command. */
async function run(node) {
  const child = spawn(path.join(root, "bin", "replay"), [node]);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  return { code, output: output.trim() };
}

const ofReceipts = (change) => (method, result) => {
  if (method === "eth_getBlockReceipts") result.forEach(change);
};

test("a chain replays equal", async () => {
  const { gas, ...counts } = await replayChain(url);
  assert.ok(gas > 2_000_000n);
  // From the registration on, which writes a zero, the roots of anvil are its own.
  const wanted = { blocks: 15, transactions: 14, failed: 1, logs: 8, accounts: 18, slots: 16, roots: 13 };
  assert.deepEqual(counts, wanted);
});

test("the command exits with 0 when all is equal, with 1 at a difference, and with 2 without a chain", async () => {
  const equal = await run(url);
  assert.match(equal.output, /^replay: 15 blocks, 14 transactions \(1 failed\), 8 logs, \d+ gas, \d+ accounts, \d+ slots of storage: all equal; /);
  assert.equal(equal.code, 0);
  const different = await withAltered(ofReceipts(({ logs }) => logs.pop()), run);
  assert.match(different.output, /^replay: block \d+, transaction 0x\w+: logs: chain says \d, replay says \d$/);
  assert.equal(different.code, 1);
  assert.equal((await run("http://127.0.0.1:1")).code, 2);
});

test("an altered log is found", async () => {
  const data = (log) => (log.data = "0x" + word(9) + log.data.slice(66));
  await expectDifference(ofReceipts(({ logs }) => logs.slice(-1).forEach(data)), /data of log/);
  await expectDifference(ofReceipts(({ logs }) => logs.forEach((log) => log.topics.reverse())), /topics of log 0/);
  const address = (log) => (log.address = CREATE2_DEPLOYER);
  await expectDifference(ofReceipts(({ logs }) => logs.forEach(address)), /address of log 0/);
  await expectDifference(ofReceipts(({ logs }) => logs.pop()), /: logs: chain says \d, replay says/);
});

test("an altered status or use of gas is found", async () => {
  await expectDifference(
    ofReceipts((receipt) => (receipt.status = "0x1")),
    new RegExp(`transaction ${failedTransaction.transactionHash}: status: chain says 0x1, replay says 0x0`),
  );
  await expectDifference(ofReceipts((receipt) => (receipt.gasUsed = "0x5209")), /: gas: chain says 0x5209/);
  await expectDifference(ofReceipts((receipt) => (receipt.contractAddress = null)), /created contract: chain says null/);
});

test("a header that does not fit is found", async () => {
  const header = (change) => (method, result) => {
    if (method === "eth_getBlockByNumber" && result.number === "0x3") change(result);
  };
  await expectDifference(header((block) => (block.stateRoot = block.parentHash)), /block 3: hash/);
  await expectDifference(header((block) => (block.timestamp = "0x1")), /block 3: hash/);
  await expectDifference(header((block) => (block.transactions[0].from = CREATE2_DEPLOYER)), /: sender: chain says/);
  await expectDifference(header((block) => (block.transactions[0].nonce = "0x0")), /transaction 0x\w+: hash/);
});

test("another state is found and named", async () => {
  const altered = (method, value) => (asked) => (asked === method ? value : undefined);
  await expectDifference(altered("eth_getBalance", "0x7"), /^state after block 15: balance of 0x\w{40}: chain says 0x7,/);
  await expectDifference(altered("eth_getTransactionCount", "0x77"), /: nonce of 0x\w{40}: chain says 0x77,/);
  await expectDifference(altered("eth_getCode", "0xfe"), /: code of 0x\w{40}: chain says 0xfe,/);
  await expectDifference(altered("eth_getStorageAt", "0x" + word(9)), /: slot 0x\w{64} of 0x\w{40}: chain says/);

  const [owner] = await ask("eth_accounts");
  await ask("anvil_setBalance", owner, "0xde0b6b3a7640000");
  await expectDifference(() => {}, new RegExp(`state after block 15: balance of ${owner}: chain says 0xde0b6b3a764`));
});
