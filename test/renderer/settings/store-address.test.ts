import { describe, expect, test } from 'vitest'
import { parseStoreUrl, storeUrl } from '../../../core/node/sql/store-address.ts'
import { addressOf, fieldsOf, type StoreFields } from '../../../renderer/features/settings/store-address.ts'

const form = (change: Partial<StoreFields> = {}): StoreFields => ({
  ...{ kind: 'postgres', host: 'db.example', port: '', database: 'tick wright', org: '', user: 'joe@home' },
  encrypted: false,
  ...change,
})

const forms: readonly StoreFields[] = [
  form({ port: '5432' }),
  form({ kind: 'mariadb', port: '3307', encrypted: true }),
  form({ host: '::1', port: '5432' }),
  form({ kind: 'influx1', port: '8086' }),
  form({ kind: 'influx1', port: '8086', user: '', encrypted: true }),
  form({ kind: 'influx2', port: '8087', user: '', org: 'my org' }),
]

describe.each(forms)('$kind on $host:$port', (fields) => {
  test('the address says what the form says', () => expect(fieldsOf(addressOf(fields) ?? '')).toEqual(fields))
  test('the service understands it and gives it back', () => {
    const address = addressOf(fields) ?? ''
    const back = storeUrl(parseStoreUrl(address).address).replace(/^mysql:/, 'mariadb:')
    expect(fieldsOf(back)).toEqual(fields)
  })
})

test.each([{ host: ' ' }, { database: '' }, { user: '' }, { port: 'x' }, { port: '123456' }])(
  'nothing is an address while something is missing: %o',
  (change) => expect(addressOf(form(change))).toBeNull(),
)

test('InfluxDB 2 needs an organisation; the data folder needs nothing', () => {
  expect(addressOf(form({ kind: 'influx2' }))).toBeNull()
  expect(addressOf(form({ kind: 'sqlite', host: '' }))).toBe('sqlite:')
  expect(fieldsOf('sqlite:')).toMatchObject({ kind: 'postgres', host: '127.0.0.1' })
})
