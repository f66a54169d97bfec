import type { Gives, Handlers, Takes } from '../contract/contract.ts'
import type { BarSeries } from '../domain/bar-series.ts'
import { DomainError } from '../domain/errors.ts'
import type { BarService } from './bars.ts'
import type { ExportColumn } from './export-port.ts'
import type { Ports } from './ports.ts'

const barNames = [
  ...(['time', 'closeTime', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const),
] satisfies (keyof BarSeries)[]

/** Stored data out into files that other programs read. */
export function exportHandlers(ports: Ports, bars: BarService): Pick<Handlers, 'data.export'> {
  return {
    'data.export': async (wanted): Promise<Gives<'data.export'>> => {
      const columns = await columnsOf(ports, bars, wanted)
      const rows = columns[0]?.values.length ?? 0
      if (rows === 0) {
        const { instrument, from, to } = wanted
        throw new DomainError('period.empty', { instrument, from, to })
      }
      const { bytes } = await ports.tables.write(wanted.path, columns)
      return { path: wanted.path, rows, bytes }
    },
  }
}

async function columnsOf(
  ports: Ports,
  bars: BarService,
  { instrument, from, to, what }: Takes<'data.export'>,
): Promise<ExportColumn[]> {
  if (what.kind === 'bars') {
    const { bars: found } = await bars.read({ instrument, interval: what.interval, from, to })
    return barNames.map((name) => ({
      name: name === 'closeTime' ? 'close_time' : name === 'openInterest' ? 'open_interest' : name,
      kind: name === 'time' || name === 'closeTime' ? 'time' : 'number',
      values: found[name],
    }))
  }
  const found = await ports.stores.market.read(what.kind, instrument, from, to)
  const names = what.kind === 'tick' ? ['time', 'id', 'price', 'size', 'side'] : quoteNames
  return names.map((name) => ({
    name,
    kind: name === 'time' ? 'time' : 'number',
    values: (found as unknown as Record<string, Float64Array>)[name] as Float64Array,
  }))
}

const quoteNames = ['time', 'bid', 'ask', 'bidSize', 'askSize']
