import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectionOf, findMarketFile, readOnlyBelow } from './collection.ts'
import { checkFile } from './reference/kinds.ts'
import { createReport } from './reference/report.ts'
import { syntheticFolder } from './reference-files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collection-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('the files that may hold the bars of a case', () => {
  it('are those of the collection around its folder', () => {
    expect(collectionOf(join(syntheticFolder, 'resample/x.json'))).toBe(syntheticFolder)
  })

  it('never lie above a flat folder that a run was asked for', () => {
    const flat = join(folder, 'some-name')
    readOnlyBelow(flat)
    expect(collectionOf(join(flat, 'a.json'))).toBe(flat)
  })

  it('lie beside the folder that was asked for when that is one of a collection', () => {
    for (const name of ['orders', 'resample']) mkdirSync(join(folder, name))
    readOnlyBelow(join(folder, 'resample'))
    expect(collectionOf(join(folder, 'resample/a.json'))).toBe(folder)
  })

  it('are found above the case, and undefined when nobody has them', () => {
    mkdirSync(join(folder, 'deep/er'), { recursive: true })
    const file = write('prices.csv', 'date,close\n')
    expect(findMarketFile('prices.csv', join(folder, 'deep/er/a.json'))).toBe(file)
    expect(findMarketFile('no-such.csv', join(folder, 'a.json'))).toBeUndefined()
  })
})

describe('a reference run', () => {
  it('fails for a file that is broken, and still runs the others', () => {
    const broken = checkFile(write('broken.json', '{"cases": ['))
    expect(broken.verdicts).toMatchObject([{ outcome: 'failed', difference: 'broken.json is not JSON' }])
    const short = checkFile(write('short.json', '{"cases": [{"lines": {}, "minperiod": 3}]}'))
    expect(short.verdicts).toMatchObject([{ outcome: 'failed' }])
  })

  it('fails for a case that nothing here can run: it was not checked', () => {
    const report = createReport()
    report.add('strange.json', checkFile(write('strange.json', '{"cases": [{"strange": 1}]}')))
    expect([report.failed, report.cases]).toEqual([1, 1])
  })

  it('sets a case apart whose bars are nowhere: nobody could run it', () => {
    const one = {
      series: 'nobody-has-it',
      feed_args: {},
      resampledata: { timeframe: 'Weeks', compression: 1 },
      bars: [],
    }
    const report = createReport()
    report.add('lone.json', checkFile(write('lone.json', JSON.stringify({ cases: [one] }))))
    expect([report.failed, report.cases]).toEqual([0, 1])
    expect(report.text(true)).toContain('no file of the collection holds nobody-has-it')
  })

  it('knows that a manifest holds no case', () => {
    const report = createReport()
    report.add('manifest.json', checkFile(write('manifest.json', '{"title": "none", "entries": []}')))
    expect([report.failed, report.cases]).toEqual([0, 0])
  })
})
