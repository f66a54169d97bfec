import { parentPort } from 'node:worker_threads'
import { readQuotes, readTicks } from '../../data/csv/market-file.ts'
import { createMarketSeriesReader } from '../../data/csv/market-series.ts'
import { ensureDefined } from '../../lib/assert.ts'
import type { ImportRecipe } from '../../workstation/ports.ts'
import { yieldToScreens } from '../background-thread.ts'
import { serveCalls } from '../worker-call.ts'
import { importFile, inspectFile } from './import-file.ts'
import { textParts, wholeText } from './read-text.ts'

/** Inspect call as the worker gets it. */
export interface InspectTask {
  readonly path: string
  readonly recipe: ImportRecipe | null
}

/** Import call as the worker gets it; `cancel[0]` becomes 1 when the user gives up. */
export interface ImportTask {
  readonly path: string
  readonly recipe: ImportRecipe
  readonly cancel: Int32Array
}

/** A file of ticks or quotes. */
export interface MarketFileTask {
  readonly path: string
  readonly zone: string
}

export interface MarketSeriesTask extends MarketFileTask {
  readonly kind: 'tick' | 'quote'
}

/** Bytes done and in all. */
export type ImportProgress = readonly [done: number, total: number]

yieldToScreens()
serveCalls(ensureDefined(parentPort, 'the port of the import worker'), {
  inspect: ({ path, recipe }: InspectTask) => inspectFile(path, recipe),
  import: ({ path, recipe, cancel }: ImportTask, report) =>
    importFile(path, recipe, {
      onProgress: (done, total) => report([done, total] satisfies ImportProgress),
      cancelled: () => Atomics.load(cancel, 0) === 1,
    }),
  ticks: async (task: MarketFileTask) => readTicks({ ...task, text: await wholeText(task.path) }),
  market: async ({ kind, path, zone }: MarketSeriesTask) => {
    const reader = createMarketSeriesReader(kind, { path, zone })
    for await (const lines of textParts(path)) reader.push(lines)
    return reader.finish()
  },
  quotes: async (task: MarketFileTask) => readQuotes({ ...task, text: await wholeText(task.path) }),
})
