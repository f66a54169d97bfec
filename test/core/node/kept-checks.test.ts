import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openKeptChecks } from '../../../core/node/strategy/kept-checks.ts'

const home = mkdtempSync(join(tmpdir(), 'tickwright-checks-'))
afterAll(() => rmSync(home, { recursive: true }))

const problem = { file: 'a.ts', line: 1, column: 2, message: 'no', severity: 'error' } as const
const check = { problems: [problem], keepsState: true }
const set = { entry: 'a.ts', sources: { 'a.ts': 'x' } }

describe('checks that are kept', () => {
  test('are found by another process with the same texts, and by no other', () => {
    const folder = join(home, 'one')
    openKeptChecks(folder, ['declarations']).keep(set, check)
    expect(openKeptChecks(folder, ['declarations']).find(set)).toEqual(check)
    expect(openKeptChecks(folder, ['other declarations']).find(set)).toBeUndefined()
    expect(openKeptChecks(folder, ['declarations']).find({ ...set, sources: { 'a.ts': 'y' } })).toBeUndefined()
    expect(openKeptChecks(folder, ['declarations']).find({ ...set, entry: 'b.ts' })).toBeUndefined()
  })

  test('are not more than two hundred, and damaged or unwritable ones cost nothing but time', () => {
    const folder = join(home, 'two')
    const checks = openKeptChecks(folder, [])
    for (let count = 0; count < 210; count++) checks.keep({ ...set, sources: { 'a.ts': String(count) } }, check)
    expect(readdirSync(folder)).toHaveLength(200)
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'no json')
    expect(checks.find({ ...set, sources: { 'a.ts': '209' } })).toBeUndefined()
    const file = join(home, 'file')
    writeFileSync(file, '')
    expect(() => openKeptChecks(file, []).keep(set, check)).not.toThrow()
  })
})
