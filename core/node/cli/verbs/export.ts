import { resolve } from 'node:path'
import type { Takes } from '../../../contract/contract.ts'
import { callService } from '../../call-service.ts'
import { exitCode, positional, text, time, UsageError, type Verb } from '../verb.ts'

/** Stored data out into a file. */
export const exportVerb: Verb = {
  name: 'export',
  words: 1,
  usage: 'export NAME --out FILE.parquet|FILE.csv [--interval 1d | --kind tick|quote] [--from DATE] [--to DATE]',
  about:
    'Writes stored bars, ticks or quotes of an instrument into a Parquet (zstd) or CSV file, which `import` reads back.',
  options: {
    out: { type: 'string' },
    interval: { type: 'string' },
    kind: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
  async run(context) {
    const { output, values } = context
    const instrument = positional(context, 0, 'NAME')
    const out = text(values, 'out')
    if (out === undefined) throw new UsageError('--out is missing: a file that ends in .parquet or .csv')
    const service = await context.service()
    const { coverage } = await callService(service, 'instrument.list', {})
    const stored = coverage.find((each) => each.instrument === instrument)?.interval ?? '1d'
    const written = await callService(service, 'data.export', {
      ...{ instrument, path: resolve(out), from: time(values, 'from'), to: time(values, 'to') },
      what: wantedOf(text(values, 'kind'), text(values, 'interval') ?? stored),
    })
    output.answer(written, () => `${written.rows} rows, ${written.bytes} bytes: ${written.path}`)
    return exitCode.done
  },
}

function wantedOf(kind: string | undefined, interval: string): Takes<'data.export'>['what'] {
  if (kind === undefined) return { kind: 'bars', interval }
  if (kind === 'tick' || kind === 'quote') return { kind }
  throw new UsageError(`--kind is tick or quote, was “${kind}”`)
}
