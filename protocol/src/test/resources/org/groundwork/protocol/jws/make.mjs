// Makes vectors.json with jose 6: node make.mjs > vectors.json. Keys, ids and payloads derive from counters;
// ES256 signatures differ from run to run.
import { createHash, createECDH } from "node:crypto";
import { CompactSign, importJWK } from "jose";

const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((p) => Buffer.from(p)))).digest();
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const b64u = (bytes) => Buffer.from(bytes).toString("base64url");
const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex");

async function edKey(secret) {
  const { createPrivateKey, createPublicKey } = await import("node:crypto");
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const jwk = createPublicKey(key).export({ format: "jwk" });
  return { alg: "EdDSA", version: 2, code: 1, raw: Buffer.from(jwk.x, "base64url"), key };
}

async function p256Key(secret) {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const jwk = { kty: "EC", crv: "P-256", x: b64u(point.subarray(1, 33)), y: b64u(point.subarray(33)), d: b64u(secret) };
  return { alg: "ES256", version: 3, code: 2, raw: ecdh.getPublicKey(null, "compressed"), key: await importJWK(jwk, "ES256") };
}

const payloads = [
  Buffer.from('{"t":1795288200,"temperature":21.5,"humidity":48}'),
  Buffer.from("0165e0", "hex"),
  Buffer.from(Array.from({ length: 300 }, (_, i) => i % 256 || 1)),
];
const reports = [];
for (let i = 0; i < 6; i++) {
  const secret = sha256("jws key ", String(i));
  const signer = i % 2 ? await p256Key(secret) : await edKey(secret);
  const keyHash = sha256(Buffer.from([signer.code]), signer.raw);
  const deployment = sha256("jws deployment ", String(i)), network = 1 + i * 77, device = 3n + 1000003n * BigInt(i);
  const sequence = (BigInt(i * 5) << 32n) | BigInt(i * i);
  const payload = payloads[i >> 1];
  const head = Buffer.concat([Buffer.from([signer.version]), deployment, u32(network), u64(device), keyHash, u64(sequence)]);
  const jws = await new CompactSign(payload).setProtectedHeader({ alg: signer.alg, kid: b64u(head) }).sign(signer.key);
  reports.push({
    alg: signer.alg, secret: hex(secret), key: hex(signer.raw), deployment: hex(deployment), network, device: Number(device),
    sequence: sequence.toString(), payload: hex(payload), jws,
    body: hex(Buffer.concat([head, u32(payload.length), payload])),
  });
}
console.log(JSON.stringify({ reports }, null, 1));
