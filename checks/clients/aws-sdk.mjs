// What a page or a service does with the SDK as it comes: default checksums, no settings but these.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteObjectsCommand, GetObjectCommand, GetObjectTaggingCommand,
  HeadObjectCommand, ListObjectVersionsCommand, ListObjectsV2Command, PutBucketVersioningCommand, PutObjectCommand,
  PutObjectTaggingCommand, S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const client = new S3Client({ endpoint: process.env.ENDPOINT, region: "us-east-1", forcePathStyle: true });
const Bucket = "sdk-bucket";
const bytes = async (output) => Buffer.from(await output.Body.transformToByteArray());
await client.send(new CreateBucketCommand({ Bucket }));

// put and get: the SDK sends a CRC32 of its own accord and verifies the one that comes back
const small = randomBytes(100_000);
const put = await client.send(new PutObjectCommand({ Bucket, Key: "small ü+&.bin", Body: small, Metadata: { colour: "blue", letters: "H\u00e9llo" } }));
assert.ok(put.ChecksumCRC32, "a default checksum was kept");
const got = await client.send(new GetObjectCommand({ Bucket, Key: "small ü+&.bin" }));
assert.equal(got.ChecksumCRC32, put.ChecksumCRC32);
assert.equal(got.Metadata.colour, "blue");
assert.equal(got.Metadata.letters, "H\u00e9llo");
assert.ok((await bytes(got)).equals(small));

// a stream: the checksum comes as a trailer
for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]) {
  const stream = Readable.from([small.subarray(0, 40_000), small.subarray(40_000)]);
  const key = "stream-" + ChecksumAlgorithm;
  await client.send(new PutObjectCommand({ Bucket, Key: key, Body: stream, ContentLength: small.length, ChecksumAlgorithm }));
  const back = await client.send(new GetObjectCommand({ Bucket, Key: key, ChecksumMode: "ENABLED" }));
  assert.ok(back["Checksum" + ChecksumAlgorithm], key);
  assert.ok((await bytes(back)).equals(small), key);
}

// multipart through lib-storage
const large = randomBytes(12 * 1024 * 1024 + 17);
const whole = await new Upload({ client, params: { Bucket, Key: "large", Body: Readable.from([large]) }, partSize: 5 * 1024 * 1024 }).done();
assert.ok(whole.ETag.endsWith('-3"'), whole.ETag);
const read = await bytes(await client.send(new GetObjectCommand({ Bucket, Key: "large" })));
assert.equal(createHash("sha256").update(read).digest("hex"), createHash("sha256").update(large).digest("hex"));
const range = await client.send(new GetObjectCommand({ Bucket, Key: "large", Range: "bytes=5242870-5242890" }));
assert.ok((await bytes(range)).equals(large.subarray(5242870, 5242891)));

// presigned, both ways
const putUrl = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "signed" }), { expiresIn: 60 });
assert.equal((await fetch(putUrl, { method: "PUT", body: "by address" })).status, 200);
const getUrl = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "signed" }), { expiresIn: 60 });
assert.equal(await (await fetch(getUrl)).text(), "by address");

// copy, tags, conditions, errors by their names
await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: encodeURI(Bucket + "/large") }));
assert.equal((await client.send(new HeadObjectCommand({ Bucket, Key: "copy" }))).ContentLength, large.length);
await client.send(new PutObjectTaggingCommand({ Bucket, Key: "copy", Tagging: { TagSet: [{ Key: "a", Value: "b" }] } }));
assert.deepEqual((await client.send(new GetObjectTaggingCommand({ Bucket, Key: "copy" }))).TagSet, [{ Key: "a", Value: "b" }]);
await assert.rejects(client.send(new PutObjectCommand({ Bucket, Key: "copy", Body: "x", IfNoneMatch: "*" })), { name: "PreconditionFailed" });
await assert.rejects(client.send(new GetObjectCommand({ Bucket, Key: "none" })), { name: "NoSuchKey" });
await assert.rejects(client.send(new ListObjectsV2Command({ Bucket: "none-such" })), { name: "NoSuchBucket" });

// versions, and deleting many at once (which carries a checksum too)
await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
const first = await client.send(new PutObjectCommand({ Bucket, Key: "v", Body: "one" }));
await client.send(new PutObjectCommand({ Bucket, Key: "v", Body: "two" }));
const old = await client.send(new GetObjectCommand({ Bucket, Key: "v", VersionId: first.VersionId }));
assert.equal((await bytes(old)).toString(), "one");
const versions = await client.send(new ListObjectVersionsCommand({ Bucket }));
const gone = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: versions.Versions.map(({ Key, VersionId }) => ({ Key, VersionId })) } }));
assert.equal(gone.Errors, undefined);
assert.equal((await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions, undefined);
console.log("all of it held");
