import { openSqliteStores } from '../../../core/node/store/sqlite-stores.ts'
import { openStore } from '../../../core/node/store/store-client.ts'
import { temporaryFolder } from '../../core/stores/builders.ts'
import { describeStores } from '../../core/stores/store-contract.ts'
import { workerUrl } from './store-fixtures.ts'

describeStores('SQLite in this thread', async () => {
  const folder = temporaryFolder()
  let now = 0
  const stores = openSqliteStores({ home: folder.path, role: 'service', clock: { now: () => ++now } })
  return {
    stores,
    close() {
      stores.close()
      folder.remove()
    },
  }
})

describeStores('SQLite over the store thread', async () => {
  const folder = temporaryFolder()
  const stores = await openStore({ home: folder.path, workerUrl })
  return {
    stores,
    async close() {
      await stores.close()
      folder.remove()
    },
  }
})
