import type { Gives } from '../../contract/contract.ts'
import { callService } from '../call-service.ts'
import { fittingOf } from './contract-files.ts'
import { textTable } from './output.ts'
import { flag, momentOf, positional, text, texts, UsageError, type VerbContext } from './verb.ts'

/** Continuous series of stored contracts: kept, listed, forgotten. */
export const storedSeriesActions: Readonly<Record<string, (context: VerbContext) => Promise<void>>> = {
  async store(context) {
    const { values } = context
    const contracts = text(values, 'data')?.split(',') ?? []
    if (contracts.length === 0) throw new UsageError('--data is missing: the stored contracts, such as GCZ24,GCG25')
    const id = positional(context, 0, 'ID')
    const fitted = fittingOf(text(values, 'adjust'))
    const fitting = typeof fitted === 'string' ? { adjust: fitted } : { adjust: 'weighted' as const, over: fitted.over }
    const built = await callService(await context.service(), 'futures.build', {
      definition: {
        ...{ id, contracts, product: text(values, 'product') ?? '', interval: text(values, 'interval') ?? '1d' },
        ...{ roll: text(values, 'roll') ?? 'end', ...fitting },
        calendar: Object.fromEntries(texts(values, 'at').map(dateOf)),
        ...(flag(values, 'roll-positions') ? { positions: 'rule' as const } : {}),
      },
    })
    context.output.answer({ id, ...built }, () => `${built.bars} bars as ${id}\n${rollTable(built)}`)
  },
  async stored(context) {
    const { series } = await callService(await context.service(), 'futures.list', {})
    context.output.answer({ series }, () =>
      textTable(
        ['id', 'interval', 'roll', 'adjust', 'contracts'],
        series.map(({ id, interval, roll, adjust, contracts }) => [id, interval, roll, adjust, contracts.join(' ')]),
      ),
    )
  },
  async due(context) {
    const { rolls } = await callService(await context.service(), 'futures.rolls', {})
    context.output.answer({ rolls }, () => {
      if (rolls.length === 0) return 'No series has rolled since it was stored.'
      return textTable(
        ['series', 'from', 'to', 'gap', 'held'],
        rolls.map(({ series, from, to, gap, held }) => [
          ...[series, from, to, gap === null ? '–' : String(gap)],
          held
            .map(({ session, quantity, possible }) => `${session}: ${quantity}${possible ? '' : ' (close by hand)'}`)
            .join(', '),
        ]),
      )
    })
  },
  async roll(context) {
    const series = positional(context, 0, 'ID')
    const session = text(context.values, 'session')
    if (session === undefined) throw new UsageError('--session is missing: whose position goes over (futures due)')
    const { orders } = await callService(await context.service(), 'futures.roll', { series, session })
    context.output.answer({ series, session, orders }, () => `Orders ${orders.join(' and ')} of ${session}`)
  },
  async forget(context) {
    const id = positional(context, 0, 'ID')
    await callService(await context.service(), 'futures.forget', { id })
    context.output.answer({ id, forgotten: true }, () => `${id} follows its contracts no more; its bars stay.`)
  },
}

function dateOf(given: string): [string, number] {
  const at = given.indexOf('=')
  if (at < 1) throw new UsageError(`--at is CODE=DATE, was “${given}”`)
  return [given.slice(0, at), momentOf('at', given.slice(at + 1))]
}

function rollTable({ rolls }: Gives<'futures.build'>): string {
  const day = (time: number | null) => (time === null ? '–' : new Date(time).toISOString().slice(0, 10))
  const rows = rolls.map(({ from, to, first, gap }) => [day(first), from, to, gap === null ? '–' : String(gap)])
  return textTable(['first day', 'from', 'to', 'gap'], rows)
}
