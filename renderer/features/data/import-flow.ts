import i18next from 'i18next'
import { create } from 'zustand'
import { bridge } from '../../bridge.ts'
import { jobEnded } from '../../state/job-ended.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { plainRecipe, recipeFaults } from './recipe.ts'
import type { ImportResult, Inspection, Recipe } from './types.ts'

/** A pause in typing after which the file is read again with the changed recipe. */
export const inspectAfterMs = 250

/** What the user sees before the import: the file as the recipe reads it. */
export interface Preview {
  readonly inspection: Inspection
  readonly recipe: Recipe
  readonly instrument: Instrument
  /** The file is being read again with the changed recipe. */
  readonly checking: boolean
  /** Why the changed recipe cannot read the file; null when it can. */
  readonly error: unknown
}

/** Where an import stands. */
export type Stage =
  | { readonly name: 'closed' }
  | { readonly name: 'inspecting' }
  | { readonly name: 'unreadable'; readonly error: unknown }
  | { readonly name: 'preview' }
  | { readonly name: 'running'; readonly job: string }
  | { readonly name: 'done'; readonly result: ImportResult }
  | { readonly name: 'failed'; readonly error: unknown }

interface ImportFlow {
  stage: Stage
  path: string
  preview: Preview | null
  /** Reads the head of a file and shows what was inferred. */
  open(path: string): Promise<void>
  /** Starts from a plain recipe where nothing could be inferred. */
  byHand(): Promise<void>
  /** Changes the recipe; the file is read again after a pause. */
  editRecipe(patch: Partial<Recipe>): void
  editInstrument(patch: Partial<Instrument>): void
  start(): Promise<void>
  cancel(): void
  /** From a failure back to the preview. */
  back(): void
  close(): void
}

/** Grows with every inspection; an answer that is not the latest is dropped. */
let asked = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** The one import that is being prepared or under way. */
export const useImport = create<ImportFlow>()((set, get) => {
  async function inspect(path: string, recipe: Recipe | null): Promise<void> {
    asked += 1
    const mine = asked
    try {
      const inspection = await bridge().call('import.inspect', { path, recipe })
      if (mine === asked) set({ stage: { name: 'preview' }, preview: previewOf(inspection, get().preview) })
    } catch (error) {
      if (mine !== asked) return
      const { preview } = get()
      if (preview === null) set({ stage: { name: 'unreadable', error } })
      else set({ preview: { ...preview, checking: false, error } })
    }
  }

  async function finish(job: string): Promise<void> {
    const ended = await jobEnded(job)
    const { stage } = get()
    if (stage.name !== 'running' || stage.job !== job) return
    if (ended.state === 'cancelled') {
      set({ stage: { name: 'preview' } })
      useStore.getState().notify({ severity: 'info', text: i18next.t('data:import.cancelled') })
    } else if (ended.state === 'failed') {
      set({ stage: { name: 'failed', error: ended.error } })
    } else {
      set({ stage: { name: 'done', result: await bridge().call('import.result', { job }) } })
    }
  }

  return {
    stage: { name: 'closed' },
    path: '',
    preview: null,
    async open(path) {
      clearTimeout(timer)
      set({ stage: { name: 'inspecting' }, path, preview: null })
      await inspect(path, null)
    },
    async byHand() {
      set({ stage: { name: 'inspecting' } })
      await inspect(get().path, plainRecipe)
    },
    editRecipe(patch) {
      const { preview, path } = get()
      if (preview === null) return
      const recipe = { ...preview.recipe, ...patch }
      clearTimeout(timer)
      // A reply under way answers an older recipe.
      asked += 1
      const usable = recipeFaults(recipe).length === 0
      set({ preview: { ...preview, recipe, checking: usable } })
      if (usable) timer = setTimeout(() => void inspect(path, recipe), inspectAfterMs)
    },
    editInstrument(patch) {
      const { preview } = get()
      if (preview !== null) set({ preview: { ...preview, instrument: { ...preview.instrument, ...patch } } })
    },
    async start() {
      const { path, preview } = get()
      if (preview === null) return
      try {
        const { recipe, instrument } = preview
        const { job } = await bridge().call('import.start', { path, recipe, instrument })
        set({ stage: { name: 'running', job } })
        await finish(job)
      } catch (error) {
        set({ stage: { name: 'failed', error } })
      }
    },
    cancel() {
      const { stage } = get()
      if (stage.name === 'running') void useStore.getState().cancelJob(stage.job)
    },
    back: () => set({ stage: { name: get().preview === null ? 'closed' : 'preview' } }),
    close() {
      clearTimeout(timer)
      asked += 1
      set({ stage: { name: 'closed' }, preview: null })
    },
  }
})

/** A first preview takes the suggested instrument, or the stored record of that id; a later one keeps the user's. */
export function previewOf(inspection: Inspection, before: Preview | null): Preview {
  const { recipe, suggestedInstrument } = inspection.reply
  const stored = useStore.getState().instruments.find((record) => record.id === suggestedInstrument.id)
  return {
    inspection,
    recipe,
    instrument: before?.instrument ?? stored ?? suggestedInstrument,
    checking: false,
    error: null,
  }
}
