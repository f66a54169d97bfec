import type { Handlers } from '../contract/contract.ts'
import { DomainError } from '../domain/errors.ts'
import { ensureDefined } from '../lib/assert.ts'
import { kernelInput } from './backtests.ts'
import type { BarService } from './bars.ts'
import type { Ports } from './ports.ts'
import { sameBars } from './verification.ts'

/** The lines of a stored run's strategy, made again from its capsule. */
export function strategyLineHandlers(ports: Ports, bars: BarService): Pick<Handlers, 'run.lines'> {
  return {
    'run.lines': async ({ run, instrument }) => {
      const { capsule } = await ports.stores.runs.get(run)
      const index = capsule.config.instruments.indexOf(instrument)
      if (index < 0) throw new DomainError('instrument.unknown', { instrument })
      const used = await sameBars(bars, capsule, run)
      const bundle = await ports.compiler.bundle({ kind: 'sources', sources: capsule.sources, entry: capsule.entry })
      const input = kernelInput(capsule.config, used)
      const lines = await ports.engine.lines({ bundle, input, instrument: index }).result
      const { time } = ensureDefined(used[index], 'bars of the instrument').bars
      return {
        reply: {
          interval: capsule.config.interval,
          lines: lines.map(({ values: _, draw, guides, ...line }) => ({
            ...line,
            draw: draw === 'points' ? ('dots' as const) : draw,
            guides: [...guides],
          })),
        },
        columns: { time, ...Object.fromEntries(lines.map(({ values }, at) => [`line:${at}`, values])) },
      }
    },
  }
}
