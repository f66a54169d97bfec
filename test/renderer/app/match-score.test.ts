import { describe, expect, it } from 'vitest'
import { matchScore } from '../../../renderer/ui/match-score.ts'

const titles = [
  'Select SIM-COIN SIM Coin, around the clock',
  'Colours: red up, green down (CN, JP)',
  'Colours: green up, red down (US, EU)',
  'Go to Report',
  'Run the sample backtest',
]
const best = (typed: string) => [...titles].sort((a, b) => matchScore('', typed, [b]) - matchScore('', typed, [a]))[0]

describe('finding a command', () => {
  it('takes the one whose words were typed before one that merely has the letters', () => {
    expect(best('red up')).toMatch(/red up/)
    expect(best('red down')).toMatch(/red down/)
    expect(best('sim')).toMatch(/SIM-COIN/)
    expect(best('report')).toBe('Go to Report')
    expect(best('run')).toBe('Run the sample backtest')
  })

  it('looks at other words of the command after its title, and at Chinese titles', () => {
    expect(matchScore('', 'csv', ['Import a file', 'csv'])).toBeGreaterThan(0.5)
    expect(matchScore('', '布局', ['恢复默认布局'])).toBeGreaterThan(0.5)
  })

  it('forgives a left-out letter, and leaves out what has nothing in common', () => {
    expect(matchScore('', 'backtst', ['Run the sample backtest'])).toBeGreaterThan(0)
    expect(matchScore('', 'zzz', ['Go to Report'])).toBe(0)
  })
})
