// Makes vectors.json with jose 6: node make.mjs > vectors.json. Keys and ids derive from counters;
// ES256 signatures differ from run to run.
import { createHash, createPrivateKey, createECDH } from "node:crypto";
import { SignJWT, importJWK } from "jose";

const sha256 = (text) => createHash("sha256").update(text).digest();
const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex");
const b64u = (bytes) => Buffer.from(bytes).toString("base64url");

const edKey = (secret) => createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]), format: "der", type: "pkcs8" });

function p256Key(secret) {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  return importJWK({ kty: "EC", crv: "P-256", x: b64u(point.subarray(1, 33)), y: b64u(point.subarray(33)), d: b64u(secret) }, "ES256");
}

const tokens = [];
for (let i = 0; i < 4; i++) {
  const secret = sha256("token key " + i), deployment = sha256("token deployment " + i);
  const alg = i % 2 ? "ES256" : "EdDSA", device = 3 + 1000003 * i, expires = 1795291800 + i;
  const jwt = await new SignJWT({ exp: expires }).setProtectedHeader({ alg, typ: "JWT" })
    .setSubject(String(device)).setAudience(hex(deployment)).sign(i % 2 ? await p256Key(secret) : edKey(secret));
  tokens.push({ alg, secret: hex(secret), deployment: hex(deployment), device, expires, jwt });
}
console.log(JSON.stringify({ tokens }, null, 1));
