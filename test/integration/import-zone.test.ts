import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillHome, temporaryHome } from '../helpers/a-service.ts'
import { terminal } from '../helpers/a-terminal.ts'

const home = temporaryHome()
const file = join(home.path, 'minutes.csv')
const rows = ['2024-01-02 09:31', '2024-01-02 09:32', '2024-01-03 09:31', '2024-01-03 09:32']
beforeAll(async () => {
  await fillHome(home.path)
  writeFileSync(file, `time,open,high,low,close,volume\n${rows.map((time) => `${time},10,12,9,11,5\n`).join('')}`)
}, 60_000)
afterAll(() => home.remove())

const imported = (...options: string[]) => terminal(['import', file, ...options], { home: home.path })

describe('a correction in the terminal', () => {
  it('is applied to the next file with the same header', async () => {
    const text = (day: string) => `time,open,high,low,close\n${day} 09:31,10,12,9,11\n${day} 09:32,10,12,9,11\n`
    const [first, second] = [join(home.path, 'first.csv'), join(home.path, 'second.csv')]
    writeFileSync(first, text('2024-01-02'))
    writeFileSync(second, text('2024-01-03'))
    await terminal(['import', first, '--zone', 'Asia/Shanghai', '--stamp', 'close'], { home: home.path })
    const { stderr } = await terminal(['import', second], { home: home.path })
    expect(stderr).not.toContain('zone')
  })
})

describe('minutes without a zone', () => {
  it('are taken as UTC, and the terminal says that it is not certain', async () => {
    const { stderr } = await imported('--instrument', 'PLAIN')
    expect(stderr).toBe('not certain: zone (UTC)\n')
  })

  it('raise no doubt when the command line names the zone, which becomes the instrument’s', async () => {
    const { stderr } = await imported('--instrument', 'NY', '--zone', 'America/New_York')
    expect(stderr).toBe('')
    const { stdout } = await terminal(['data', '--json'], { home: home.path })
    const { instruments, coverage } = JSON.parse(stdout) as {
      instruments: { id: string; zone: string }[]
      coverage: { instrument: string; from: number }[]
    }
    expect(instruments.find(({ id }) => id === 'NY')?.zone).toBe('America/New_York')
    expect(coverage.find(({ instrument }) => instrument === 'NY')?.from).toBe(Date.UTC(2024, 0, 2, 14, 30))
  })
})
