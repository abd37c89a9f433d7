// Reads a file through a trustless gateway with npm's own parts, verifying every block; prints SHA-256 and size.
import { createHash } from 'node:crypto'
import { CarBlockIterator } from '@ipld/car'
import { exporter } from 'ipfs-unixfs-exporter'
import { CID } from 'multiformats/cid'
import { identity } from 'multiformats/hashes/identity'
import { sha256 } from 'multiformats/hashes/sha2'

const [gateway, root, path = ''] = process.argv.slice(2)
const answer = await fetch(`${gateway}/ipfs/${root}${path}?dag-scope=entity`, {
  headers: { accept: 'application/vnd.ipld.car; version=1; order=dfs; dups=n' }
})
if (!answer.ok) {
  throw new Error(`${answer.status} ${await answer.text()}`)
}
const hashers = new Map([[sha256.code, sha256], [identity.code, identity]])
const blocks = new Map()
for await (const { cid, bytes } of await CarBlockIterator.fromIterable(answer.body)) {
  const digest = await hashers.get(cid.multihash.code).digest(bytes)
  if (!CID.create(cid.version, cid.code, digest).equals(cid)) {
    throw new Error(`block ${cid} is not what its CID says`)
  }
  blocks.set(cid.toString(), bytes)
}
const blockstore = {
  async * get (cid) {
    const block = blocks.get(cid.toString())
    if (block === undefined) {
      throw new Error(`block ${cid} did not come`)
    }
    yield block
  }
}
const hash = createHash('sha256')
let size = 0
for await (const chunk of (await exporter(root + path, blockstore)).content()) {
  hash.update(chunk)
  size += chunk.length
}
console.log(`${hash.digest('hex')} ${size} ${blocks.size}`)
