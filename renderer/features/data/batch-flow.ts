import { create } from 'zustand'
import { bridge } from '../../bridge.ts'
import { jobEnded } from '../../state/job-ended.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { recordFaults } from './instrument-record.ts'
import type { ImportResult, Recipe } from './types.ts'

/** A file of a batch, from its head to what became of it. */
export interface BatchFile {
  readonly path: string
  readonly state: 'reading' | 'ready' | 'unreadable' | 'importing' | 'done' | 'failed'
  readonly recipe: Recipe | null
  readonly instrument: Instrument | null
  /** Fields that were guessed with doubt. */
  readonly doubts: number
  readonly rows: number
  readonly result: ImportResult | null
  readonly error: unknown
}

interface BatchFlow {
  readonly isOpen: boolean
  readonly files: readonly BatchFile[]
  readonly isImporting: boolean
  /** Reads the heads of the files, one after the other. */
  open(paths: readonly string[]): Promise<void>
  rename(path: string, id: string): void
  remove(path: string): void
  /** Imports what is ready, one after the other; each file is all or nothing, and one that fails stops no other. */
  start(): Promise<void>
  /** Ends with the file that is being imported; that one is not stored. */
  cancel(): void
  close(): void
}

const fresh = { recipe: null, instrument: null, doubts: 0, rows: 0, result: null, error: null } as const

/** Several files at once: each is read as the wizard of one file would read it. */
export const useBatch = create<BatchFlow>()((set, get) => {
  let job: string | null = null
  let isCancelled = false
  const change = (path: string, patch: Partial<BatchFile>) =>
    set(({ files }) => ({ files: files.map((file) => (file.path === path ? { ...file, ...patch } : file)) }))

  async function read(path: string): Promise<void> {
    try {
      const { reply } = await bridge().call('import.inspect', { path, recipe: null })
      const stored = useStore.getState().instruments.find(({ id }) => id === reply.suggestedInstrument.id)
      const instrument = stored ?? reply.suggestedInstrument
      const facts = { recipe: reply.recipe, doubts: reply.doubts.length, rows: reply.estimatedRows }
      change(path, { state: 'ready', instrument, ...facts })
    } catch (error) {
      change(path, { state: 'unreadable', error })
    }
  }
  async function load({ path, recipe, instrument }: BatchFile): Promise<void> {
    if (recipe === null || instrument === null) return
    change(path, { state: 'importing' })
    try {
      job = (await bridge().call('import.start', { path, recipe, instrument })).job
      const ended = await jobEnded(job)
      if (ended.state === 'done') {
        change(path, { state: 'done', result: await bridge().call('import.result', { job }) })
      } else change(path, { state: ended.state === 'cancelled' ? 'ready' : 'failed', error: ended.error })
    } catch (error) {
      change(path, { state: 'failed', error })
    } finally {
      job = null
    }
  }
  return {
    isOpen: false,
    files: [],
    isImporting: false,
    async open(paths) {
      const files = [...new Set(paths)].map((path): BatchFile => ({ path, state: 'reading', ...fresh }))
      set({ isOpen: true, isImporting: false, files })
      for (const { path } of files) if (get().isOpen) await read(path)
    },
    rename(path, id) {
      const file = get().files.find((one) => one.path === path)
      if (file?.instrument == null) return
      const stored = useStore.getState().instruments.find((one) => one.id === id)
      change(path, { instrument: stored ?? { ...file.instrument, id, symbol: id } })
    },
    remove: (path) => set(({ files }) => ({ files: files.filter((file) => file.path !== path) })),
    async start() {
      isCancelled = false
      set({ isImporting: true })
      for (const file of get().files) if (!isCancelled && isImportable(file)) await load(file)
      set({ isImporting: false })
    },
    cancel() {
      isCancelled = true
      if (job !== null) void useStore.getState().cancelJob(job)
    },
    close() {
      get().cancel()
      set({ isOpen: false, files: [] })
    },
  }
})

/** True for a file that can be imported as it is shown. */
export function isImportable({ state, instrument }: BatchFile): boolean {
  return (state === 'ready' || state === 'failed') && instrument !== null && recordFaults(instrument).length === 0
}
