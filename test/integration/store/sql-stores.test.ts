import { afterAll, beforeAll, describe, vi } from 'vitest'
import type { SqlServer } from '../../../core/node/sql/sql-server.ts'
import type { SqlStores } from '../../../core/node/sql/sql-stores.ts'
import { describeStores } from '../../core/stores/store-contract.ts'
import type { TestServer } from '../../helpers/servers.ts'
import { emptyStores, openAsTrader, serverOf, sqlKinds } from '../../helpers/sql-servers.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

for (const kind of sqlKinds) {
  describe(kind.name, () => {
    let server: TestServer
    let stores: SqlStores
    let behind: SqlServer
    beforeAll(async () => {
      server = await kind.start()
      stores = await openAsTrader(kind, server)
      behind = serverOf(kind, server)
    })
    afterAll(async () => {
      await stores?.close()
      await behind?.close()
      await server?.close()
    })
    describeStores('stores', async () => {
      await emptyStores(behind)
      return { stores, close: () => undefined }
    })
  })
}
