import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { bridge } from '../../../renderer/bridge.ts'
import { isDirty, resetDocuments, useDocuments } from '../../../renderer/features/editor/documents.ts'
import { draftsKey } from '../../../renderer/features/editor/drafts.ts'
import { type FakeBridge, fakeBridge } from '../../helpers/fake-bridge.ts'

const name = 'cross.ts'
let disk: string | null
let fake: FakeBridge

const document = () => {
  const found = useDocuments.getState().documents[name]
  if (found === undefined) throw new Error('not open')
  return found
}
const state = () => useDocuments.getState()

beforeEach(() => {
  vi.useFakeTimers()
  resetDocuments()
  disk = 'old'
  fake = fakeBridge({
    'strategy.read': () => {
      if (disk === null) throw new DomainError('strategy.unknown', { name })
      return { name, code: disk, updatedAt: 1 }
    },
    'strategy.save': ({ code }) => {
      disk = code
      return { updatedAt: 2 }
    },
  })
})

async function storedDrafts(): Promise<unknown> {
  await vi.advanceTimersByTimeAsync(1000)
  return (await bridge().call('settings.get', { key: draftsKey })).value
}

describe('an open strategy', () => {
  it('is unsaved from the first edit to the save', async () => {
    await state().open(name)
    expect(isDirty(document())).toBe(false)
    state().edit(name, 'new')
    expect(isDirty(document())).toBe(true)
    expect(await state().save(name)).toBe(true)
    expect(isDirty(document())).toBe(false)
    expect(disk).toBe('new')
  })

  it('stays unsaved and on screen when it cannot be written', async () => {
    fake.answer('strategy.save', () => {
      throw new DomainError('store.full')
    })
    await state().open(name)
    state().edit(name, 'new')
    expect(await state().save(name)).toBe(false)
    expect(document()).toMatchObject({ text: 'new', saved: 'old', isSaving: false })
  })

  it('keeps what was typed while a save was under way', async () => {
    await state().open(name)
    state().edit(name, 'new')
    const saving = state().save(name)
    state().edit(name, 'newer')
    await saving
    expect(document().text).toBe('newer')
    expect(isDirty(document())).toBe(true)
  })

  it('follows another program while nothing is unsaved', async () => {
    await state().open(name)
    disk = 'theirs'
    await state().fileChanged(name)
    expect(document()).toMatchObject({ text: 'theirs', external: null })
    expect(isDirty(document())).toBe(false)
  })

  it('never overwrites unsaved work: it asks which text to keep', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    disk = 'theirs'
    await state().fileChanged(name)
    expect(document()).toMatchObject({ text: 'mine', external: 'theirs' })
    state().keepScreen(name)
    expect(document()).toMatchObject({ text: 'mine', saved: 'theirs', external: null })
    expect(isDirty(document())).toBe(true)
  })

  it('is not saved over a change that nobody had noticed yet', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    disk = 'theirs'
    expect(await state().save(name)).toBe(false)
    expect(disk).toBe('theirs')
    expect(document()).toMatchObject({ text: 'mine', external: 'theirs', isSaving: false })
    state().keepScreen(name)
    expect(await state().save(name)).toBe(true)
    expect(disk).toBe('mine')
  })

  it('takes the text of the file when the user says so', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    disk = 'theirs'
    await state().fileChanged(name)
    state().takeDisk(name)
    expect(document()).toMatchObject({ text: 'theirs', saved: 'theirs', external: null })
  })

  it('keeps unsaved text of a file that was deleted, and closes an untouched one', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    disk = null
    await state().fileChanged(name)
    expect(document()).toMatchObject({ text: 'mine', isGone: true })
    await state().save(name)
    expect(disk).toBe('mine')
    disk = null
    await state().fileChanged(name)
    expect(state().documents[name]).toBeUndefined()
  })

  it('puts unsaved work back after a restart, and forgets it once saved', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    expect(await storedDrafts()).toEqual({ [name]: { text: 'mine', base: 'old' } })

    resetDocuments()
    await state().open(name)
    expect(document()).toMatchObject({ text: 'mine', saved: 'old', isRestored: true, external: null })

    await state().save(name)
    expect(await storedDrafts()).toEqual({})
  })

  it('reports a conflict when the file changed between two sessions', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    await storedDrafts()
    resetDocuments()
    disk = 'theirs'
    await state().open(name)
    expect(document()).toMatchObject({ text: 'mine', external: 'theirs' })
  })

  it('lives on under its new name with its unsaved text', async () => {
    await state().open(name)
    state().edit(name, 'mine')
    state().renamed(name, 'other.ts')
    expect(state().documents[name]).toBeUndefined()
    expect(state().documents['other.ts']).toMatchObject({ name: 'other.ts', text: 'mine' })
    expect(await storedDrafts()).toEqual({ 'other.ts': { text: 'mine', base: 'old' } })
  })
})
