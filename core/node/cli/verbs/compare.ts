import { callService } from '../../call-service.ts'
import { dateCell, jsonColumns, textTable } from '../output.ts'
import { exitCode, positional, type Verb } from '../verb.ts'

export const compareVerb: Verb = {
  name: 'compare',
  words: 2,
  usage: 'compare A B',
  about: 'Two runs: how their trades differ, the first event that differs, and why (exit code 3 when they differ).',
  options: {},
  async run(context) {
    const service = await context.service()
    const runs = { a: positional(context, 0, 'A'), b: positional(context, 1, 'B') }
    const { reply, columns } = await callService(service, 'run.compare', runs)
    const cause = await callService(service, 'run.cause', runs)
    const document = { ...reply, trades: jsonColumns(columns), ...cause }
    context.output.answer(document, () => {
      const { same, added, removed, moved } = reply.counts
      const trades = `trades: ${same} same, ${added} added, ${removed} removed, ${moved} moved`
      if (cause.first === null) return `${trades}\nno order and no fill differs`
      const { kind, time, instrument, a, b } = cause.first
      const first = `first difference: ${kind} on ${instrument} at ${dateCell(time)}\n  A ${a.text || '–'}\n  B ${b.text || '–'}`
      const rows = cause.causes.map((one) => [one.kind, one.path, one.a, one.b])
      return [trades, first, textTable(['cause', 'what', 'A', 'B'], rows)].join('\n')
    })
    return cause.first === null ? exitCode.done : exitCode.different
  },
}
