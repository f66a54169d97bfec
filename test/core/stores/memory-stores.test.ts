import { createHash } from 'node:crypto'
import { createMemoryStores } from '../../../core/stores/memory-stores.ts'
import { describeStores } from './store-contract.ts'

describeStores('memory', async () => {
  let now = 0
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  return { stores: createMemoryStores({ clock: { now: () => ++now }, sha256 }), close() {} }
})
