// Signs data items with @dha-team/arbundles, uploads them, and verifies receipts and what comes back; prints their ids.
import { constants, createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import * as arbundles from '@dha-team/arbundles/node'

const { ArweaveSigner, DataItem, EthereumSigner, TypedEthereumSigner } = arbundles
const { bundleAndSignData, createData, deepHash, stringToBuffer } = arbundles
const gateway = process.argv[2]

const rsa = generateKeyPairSync('rsa', { modulusLength: 4096, publicExponent: 65537 })
const signers = [
  ['arweave', new ArweaveSigner(rsa.privateKey.export({ format: 'jwk' }))],
  ['ethereum', new EthereumSigner('11'.repeat(32))],
  ['ethereum', new TypedEthereumSigner('22'.repeat(32))]
]

async function upload (token, item) {
  const answer = await fetch(`${gateway}/v1/tx/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: item.getRaw()
  })
  const receipt = await answer.json()
  if (!answer.ok || receipt.id !== item.id) {
    throw new Error(`${answer.status} ${JSON.stringify(receipt)}`)
  }
  const message = await deepHash([
    stringToBuffer('Bundlr'), stringToBuffer(receipt.version), stringToBuffer(receipt.id),
    stringToBuffer(receipt.deadlineHeight.toString()), stringToBuffer(receipt.timestamp.toString())
  ])
  const key = createPublicKey({ key: { kty: 'RSA', e: 'AQAB', n: receipt.public }, format: 'jwk' })
  const signature = Buffer.from(receipt.signature, 'base64url')
  if (!verify('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING }, signature)) {
    throw new Error('the receipt is not signed')
  }
}

async function check (item) {
  const raw = Buffer.from(await (await fetch(`${gateway}/item/${item.id}`)).arrayBuffer())
  if (!await DataItem.verify(raw) || new DataItem(raw).id !== item.id) {
    throw new Error(`item ${item.id} came back changed`)
  }
  const data = Buffer.from(await (await fetch(`${gateway}/${item.id}`)).arrayBuffer())
  const hash = bytes => createHash('sha256').update(bytes).digest('hex')
  if (hash(data) !== hash(item.rawData)) {
    throw new Error(`the data of ${item.id} came back changed`)
  }
}

const items = []
for (const [token, signer] of signers) {
  const item = createData(`signed by type ${signer.signatureType}`, signer, {
    tags: [{ name: 'Content-Type', value: 'text/plain' }, { name: 'Made-By', value: 'arbundles' }]
  })
  await item.sign(signer)
  await upload(token, item)
  await check(item)
  items.push(item)
}
const [, bundler] = signers[1]
const inner = []
for (let i = 0; i < 3; i++) {
  inner.push(createData(`in a bundle ${i}`, bundler, { tags: [{ name: 'Number', value: `${i}` }] }))
}
const bundle = await bundleAndSignData(inner, bundler)
const outer = createData(bundle.getRaw(), bundler, {
  tags: [{ name: 'Bundle-Format', value: 'binary' }, { name: 'Bundle-Version', value: '2.0.0' }]
})
await outer.sign(bundler)
await upload('ethereum', outer)
for (const item of inner) {
  await check(item)
}
const found = await (await fetch(`${gateway}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    query: 'query($v: [String!]!) { transactions(tags: [{name: "Made-By", values: $v}]) { edges { node { id } } } }',
    variables: { v: ['arbundles'] }
  })
})).json()
const ids = found.data.transactions.edges.map(edge => edge.node.id).reverse()
if (ids.join() !== items.map(item => item.id).join()) {
  throw new Error(`found ${ids}`)
}
console.log(`${items.length} items, ${inner.length} in a bundle`)
