import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryHome } from '../helpers/a-service.ts'
import { startTerminal } from '../helpers/a-terminal.ts'

let place: ReturnType<typeof temporaryHome>
beforeEach(() => {
  place = temporaryHome()
})
afterEach(() => place.remove())

async function dataOf(home: string) {
  const { ended } = await startTerminal(['data'], { home, cwd: place.path })
  return ended
}

describe('a data folder that cannot be used', () => {
  it('is named when its place is taken by a file', async () => {
    writeFileSync(join(place.path, 'file'), '')
    const { code, stderr } = await dataOf(join(place.path, 'file', 'home'))
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('The data folder cannot be used') })
  })

  it('ends the command also when the store is open already', async () => {
    const home = join(place.path, 'home')
    mkdirSync(home)
    writeFileSync(join(home, 'strategies'), 'a file where the folder should be')
    expect((await dataOf(home)).code).toBe(1)
  })
})
