import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Takes } from '../../core/contract/contract.ts'
import type { RunningService } from './a-service.ts'

type Call = RunningService['call']

/** Days of two contracts: the later one costs 10 more, and trades more from the sixth day on. */
export const contractDays = ['01-02', '01-03', '01-04', '01-05', '01-08', '01-09', '01-10', '01-11', '01-12', '01-15']

/** Stores bars of a contract as `day,close,volume` rows say. */
export async function storeContract(
  { home, call }: { readonly home: string; readonly call: Call },
  code: string,
  rows: readonly (readonly [day: string, close: number, volume: number])[],
): Promise<void> {
  const path = join(home, `${code}.csv`)
  const lines = rows.map(([day, close, volume]) =>
    [`2024-${day}`, close, close + 1, close - 1, close, volume].join(','),
  )
  writeFileSync(path, `date,open,high,low,close,volume\n${lines.join('\n')}\n`)
  const { reply } = await call('import.inspect', { path, recipe: null })
  const instrument = { ...reply.suggestedInstrument, id: code, symbol: code, kind: 'future' as const, multiplier: 100 }
  const { job } = await call('import.start', { path, recipe: reply.recipe, instrument })
  for (;;) {
    const found = (await call('job.list', {})).jobs.find(({ id }) => id === job)
    if (found?.state === 'failed') throw new Error(`import of ${code}: ${found.error?.code}`)
    if (found?.state !== 'running') return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Two contracts of a made-up future, and the series that rolls when the later one trades more. */
export async function storedContracts(
  service: { readonly home: string; readonly call: Call },
  days: readonly string[] = contractDays,
): Promise<Takes<'futures.build'>['definition']> {
  const rows = (offset: number, volume: (at: number) => number) =>
    days.map((day, at) => [day, 100 + at + offset, volume(at)] as const)
  await storeContract(
    service,
    'ZZG24',
    rows(0, (at) => (at < 5 ? 900 : 100)),
  )
  await storeContract(
    service,
    'ZZJ24',
    rows(10, (at) => (at < 5 ? 100 : 900)),
  )
  return {
    ...{ id: 'ZZ.c', product: '', contracts: ['ZZJ24', 'ZZG24'], interval: '1d' },
    ...{ roll: 'volume', adjust: 'difference', calendar: {} },
  }
}
