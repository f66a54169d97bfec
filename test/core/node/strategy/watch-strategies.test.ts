import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { watchStrategies } from '../../../../core/node/strategy/watch-strategies.ts'

test('another editor that saves, renames or deletes a strategy is noticed; other files are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickwright-watch-'))
  const heard = new Set<string>()
  const stop = watchStrategies(folder, (name) => heard.add(name))
  try {
    writeFileSync(join(folder, 'notes.txt'), 'x')
    writeFileSync(join(folder, 'a.ts'), '// A')
    await vi.waitFor(() => expect([...heard]).toEqual(['a.ts']), { timeout: 5_000 })
    renameSync(join(folder, 'a.ts'), join(folder, 'b.ts'))
    await vi.waitFor(() => expect([...heard].sort()).toEqual(['a.ts', 'b.ts']), { timeout: 5_000 })
    heard.clear()
    rmSync(join(folder, 'b.ts'))
    await vi.waitFor(() => expect([...heard]).toEqual(['b.ts']), { timeout: 5_000 })
  } finally {
    stop()
    rmSync(folder, { recursive: true })
  }
})
