import { create } from 'zustand'
import { isDomainError } from '../../../core/domain/errors.ts'
import { bridge } from '../../bridge.ts'
import { useStore } from '../../state/store.ts'
import { type Drafts, draftsKey, readDrafts } from './drafts.ts'

/** One strategy that is open: the text on screen and the text on disk. */
export interface StrategyDocument {
  readonly name: string
  readonly text: string
  /** Text of the file as last read or written. */
  readonly saved: string
  /** The file's text when another program changed it under unsaved work; null when there is no such conflict. */
  readonly external: string | null
  /** The file vanished under unsaved work. */
  readonly isGone: boolean
  /** Unsaved work of an earlier session was put back. */
  readonly isRestored: boolean
  readonly isSaving: boolean
}

interface DocumentState {
  readonly documents: Readonly<Record<string, StrategyDocument>>
  /** Why a document could not be opened. */
  readonly failures: Readonly<Record<string, unknown>>
  open(name: string): Promise<void>
  edit(name: string, text: string): void
  /** Writes the text on screen. False when it could not be written; the text stays on screen. */
  save(name: string): Promise<boolean>
  /** Takes the file's text and drops what is on screen. */
  takeDisk(name: string): void
  /** Keeps what is on screen; the next save overwrites the file. */
  keepScreen(name: string): void
  /** The file was written, renamed or deleted by somebody. */
  fileChanged(name: string): Promise<void>
  close(name: string): void
  /** After a rename the document lives on under its new name. */
  renamed(name: string, to: string): void
}

/** True while the text on screen is not what the file holds. */
export function isDirty(document: StrategyDocument): boolean {
  return document.text !== document.saved || document.isGone
}

/** Open strategies. Unsaved text is kept as a draft with the service, so that neither a crash nor a restart loses it. */
export const useDocuments = create<DocumentState>()((set, get) => {
  const put = (name: string, change: Partial<StrategyDocument>) => {
    const document = get().documents[name]
    if (document !== undefined)
      set(({ documents }) => ({ documents: { ...documents, [name]: { ...document, ...change } } }))
  }
  return {
    documents: {},
    failures: {},
    async open(name) {
      if (get().documents[name] !== undefined) return
      try {
        const [{ code }, drafts] = await Promise.all([bridge().call('strategy.read', { name }), storedDrafts()])
        const draft = drafts[name]
        const isRestored = draft !== undefined && draft.text !== code
        const opened: StrategyDocument = {
          name,
          text: isRestored ? draft.text : code,
          saved: code,
          external: isRestored && draft.base !== code ? code : null,
          isGone: false,
          isRestored,
          isSaving: false,
        }
        const { [name]: _, ...failures } = get().failures
        set(({ documents }) => ({ documents: { ...documents, [name]: documents[name] ?? opened }, failures }))
      } catch (error) {
        set(({ failures }) => ({ failures: { ...failures, [name]: error } }))
      }
    },
    edit(name, text) {
      if (get().documents[name]?.text === text) return
      put(name, { text })
      keepDraftsSoon(() => get().documents)
    },
    async save(name) {
      const document = get().documents[name]
      if (document === undefined) return false
      const { text } = document
      put(name, { isSaving: true })
      const disk = await textOnDisk(name)
      if (typeof disk === 'string' && disk !== document.saved && disk !== text) {
        // Somebody else wrote the file since: nothing is overwritten before the user has decided.
        put(name, { isSaving: false, external: disk })
        return false
      }
      try {
        await bridge().call('strategy.save', { name, code: text })
        put(name, { saved: text, external: null, isGone: false, isRestored: false, isSaving: false })
        keepDraftsSoon(() => get().documents)
        return true
      } catch (error) {
        put(name, { isSaving: false })
        useStore.getState().notifyError(error)
        return false
      }
    },
    takeDisk(name) {
      const document = get().documents[name]
      if (document === undefined) return
      const text = document.external ?? document.saved
      put(name, { text, saved: text, external: null, isRestored: false })
      keepDraftsSoon(() => get().documents)
    },
    keepScreen(name) {
      const document = get().documents[name]
      if (document === undefined) return
      put(name, { saved: document.external ?? document.saved, external: null, isRestored: false })
      keepDraftsSoon(() => get().documents)
    },
    async fileChanged(name) {
      if (get().documents[name] === undefined) return
      const disk = await textOnDisk(name)
      const document = get().documents[name]
      if (disk === undefined || document === undefined) return
      if (disk !== null) put(name, afterChange(document, disk))
      else if (isDirty(document)) put(name, { isGone: true, external: null })
      else get().close(name)
    },
    close(name) {
      const { [name]: _, ...documents } = get().documents
      set({ documents })
      keepDraftsSoon(() => get().documents)
    },
    renamed(name, to) {
      const { [name]: document, ...documents } = get().documents
      if (document === undefined) return
      set({ documents: { ...documents, [to]: { ...document, name: to } } })
      keepDraftsSoon(() => get().documents)
    },
  }
})

/** A file's text now; null when it is gone, undefined when the service could not tell. */
async function textOnDisk(name: string): Promise<string | null | undefined> {
  try {
    return (await bridge().call('strategy.read', { name })).code
  } catch (error) {
    return isDomainError(error) && error.code === 'strategy.unknown' ? null : undefined
  }
}

/** What a change of the file means for a document: followed when nothing is unsaved, else a conflict to decide. */
function afterChange(document: StrategyDocument, disk: string): Partial<StrategyDocument> {
  if (disk === document.saved || document.isSaving) return {}
  if (disk === document.text) return { saved: disk, external: null, isGone: false }
  return isDirty(document) ? { external: disk, isGone: false } : { text: disk, saved: disk }
}

let drafts: Promise<Drafts> | null = null

/** Drafts as the service had them when the first document was opened. */
function storedDrafts(): Promise<Drafts> {
  drafts ??= bridge()
    .call('settings.get', { key: draftsKey })
    .then(({ value }) => readDrafts(value))
  return drafts
}

let waiting: ReturnType<typeof setTimeout> | undefined

function keepDraftsSoon(documents: () => Readonly<Record<string, StrategyDocument>>): void {
  clearTimeout(waiting)
  waiting = setTimeout(() => void keepDrafts(documents()), 500)
}

/** Stores the unsaved texts of all open documents; drafts of documents that were not opened yet stay. */
async function keepDrafts(documents: Readonly<Record<string, StrategyDocument>>): Promise<void> {
  try {
    const kept: Record<string, Drafts[string]> = { ...(await storedDrafts()) }
    for (const document of Object.values(documents)) {
      if (isDirty(document)) kept[document.name] = { text: document.text, base: document.saved }
      else delete kept[document.name]
    }
    drafts = Promise.resolve(kept)
    await bridge().call('settings.set', { key: draftsKey, value: kept as never })
  } catch (error) {
    useStore.getState().notifyError(error)
  }
}

/** Forgets everything, as a new window would. For tests. */
export function resetDocuments(): void {
  clearTimeout(waiting)
  drafts = null
  useDocuments.setState({ documents: {}, failures: {} })
}
