import { commandText, type GivenCommand } from './command.ts'

/** File name of the strategy that a replay becomes. */
export const scriptName = 'manual-orders.ts'

/**
 * A strategy that does what was done by hand, bar for bar: so a replay is a run like any other, with a capsule that can
 * be verified, read and changed. Each command is sent by itself, because that is how it was given, and order numbers
 * count on it.
 */
export function replayScript(commands: readonly GivenCommand[]): string {
  const rows = commands.map(({ bar, command }) => `  [${bar}, (i) => ${commandText(command)}],`)
  const finds = commands.some(({ command }) => command.kind === 'move' || command.kind === 'cancel')
  const lines = [
    "import { type Instrument, Strategy } from 'tickwright'",
    '',
    '/** Orders given by hand in a replay, each after the close of the bar with its number (0 = the first). */',
    ...(rows.length === 0
      ? ['const commands: readonly [bar: number, act: (i: Instrument) => unknown][] = []']
      : ['const commands: readonly [bar: number, act: (i: Instrument) => unknown][] = [', ...rows, ']']),
    ...(finds ? ['', 'const order = (i: Instrument, number: number) => i.orders.find(({ id }) => id === number)'] : []),
    '',
    'export default class ManualOrders extends Strategy {',
    '  next = 0',
    '',
    '  onBar(i: Instrument) {',
    '    for (let due = commands[this.next]; due?.[0] === i.barCount - 1; due = commands[this.next]) {',
    '      this.next++',
    '      due[1](i)',
    '      this.send()',
    '    }',
    '  }',
    '}',
    '',
  ]
  return lines.join('\n')
}
