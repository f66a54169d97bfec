import type { Gives } from '../../../contract/contract.ts'
import { callService } from '../../call-service.ts'
import { cell, dateCell, textTable } from '../output.ts'
import { exitCode, number, positional, UsageError, type Verb } from '../verb.ts'

type Explanation = Gives<'run.explain'>['explanation']

export const explainVerb: Verb = {
  name: 'explain',
  words: 2,
  usage: 'explain RUN ORDER | explain RUN --fill N',
  about: 'Why an order, or the order of a fill, is what it is: what was seen, checked and matched.',
  options: { fill: { type: 'string' } },
  async run(context) {
    const service = await context.service()
    const run = positional(context, 0, 'RUN')
    const fill = number(context.values, 'fill') ?? null
    const order = fill === null ? Number(positional(context, 1, 'ORDER')) : null
    if (order !== null && !Number.isInteger(order)) throw new UsageError('ORDER is the number of an order: 1, 2, 3 …')
    const answer = await callService(service, 'run.explain', { run, order, fill })
    context.output.answer(answer, () => explained(answer.explanation))
    return exitCode.done
  },
}

function explained({ order, decisions, checks, events, waiting, fills }: Explanation): string {
  const head =
    order === null
      ? 'no such order'
      : `order ${order.id}: ${order.side} ${order.quantity} ${order.instrument} ${order.type} – ${order.status}${order.reason === '' ? '' : ` (${order.reason})`}`
  const decision = decisions.map(({ instrument, time, bar, lines, recorded, position, cash, equity }) => {
    const values = [
      ...lines.map(({ name, now, before }) => [name, `${cell(now)} (before ${cell(before)})`]),
      ...recorded.map(({ name, value }) => [name, cell(value)]),
      ...[
        ['position', String(position)],
        ['cash', cell(cash)],
        ['equity', cell(equity)],
      ],
    ]
    const prices = [bar.open, bar.high, bar.low, bar.close].map((price) => String(price)).join(' ')
    return `seen at ${dateCell(time)} on ${instrument}: ${prices}\n${textTable(['what', 'value'], values as string[][])}`
  })
  const checked = checks.map(
    ({ kind, passed, needed, available }) =>
      `check ${kind}: ${passed ? 'passed' : 'refused'} (needed ${cell(needed)}, there ${cell(available)})`,
  )
  const changes = events.map(({ time, status, filled, reason }) => [dateCell(time), status, String(filled), reason])
  const waited = waiting === null ? [] : [`waited ${waiting.bars} bars, nearest price ${cell(waiting.nearest)}`]
  const filled = fills.map(
    (fill) =>
      `filled ${fill.quantity} @ ${fill.price} at ${dateCell(fill.time)}: by its ${fill.rule} at ${fill.reference}, slippage ${fill.slippage}, policy ${fill.policy}`,
  )
  return [
    head,
    ...decision,
    ...checked,
    textTable(['time', 'status', 'filled', 'reason'], changes),
    ...waited,
    ...filled,
  ].join('\n')
}
