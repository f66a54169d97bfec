import type { Gives, Handlers, Takes } from '../contract/contract.ts'
import { zoneClock } from '../data/zone-offsets.ts'
import { DomainError } from '../domain/errors.ts'
import { exportSheet, sheetFileName } from '../reports/exports/export-sheet.ts'
import type { ReturnSeries } from '../reports/return-facts.ts'
import type { SheetInput, SheetRun, SheetTable } from '../reports/sheet/sheet-input.ts'
import { tearSheet } from '../reports/sheet/tear-sheet.ts'
import type { RunConfig, RunSummary } from '../stores/run-records.ts'
import type { RunDetail } from '../stores/run-store.ts'
import type { BarService } from './bars.ts'
import { ideaOf } from './idea.ts'
import type { Ports } from './ports.ts'

const dayMs = 86_400_000

type Options = Takes<'run.report'>
type ReportHandlers = Pick<Handlers, 'run.report' | 'run.export'>

/** Reports of stored runs, as a document and as files. */
export function reportHandlers(ports: Ports, bars: BarService): ReportHandlers {
  const inputOf = (options: Options) => sheetInput(ports, bars, options)
  return {
    'run.report': async (options) => tearSheet((await inputOf(options)).input) as Gives<'run.report'>,
    'run.export': async ({ format, language, path, ...options }) => {
      const { input, detail } = await inputOf(options)
      const sheet = tearSheet(input)
      const made = exportSheet({ sheet, tables: input, capsule: detail.capsule, language }, format)
      const files = format === 'pdf' ? { '': await printed(ports, made.files['']) } : made.files
      const answer = { name: sheetFileName(sheet, format), mediaType: made.mediaType }
      if (path === null) return { ...answer, ...ports.reportFiles.pack(files), path: null }
      const written = await ports.reportFiles.write(path, files)
      return { ...answer, encoding: 'utf-8', content: '', ...written }
    },
  }
}

async function printed({ reportFiles }: Ports, html: string | undefined): Promise<Uint8Array> {
  if (reportFiles.printPdf === null || html === undefined) throw new DomainError('report.no-printer')
  return reportFiles.printPdf(html)
}

/** The stored run and everything that its report is made of. */
async function sheetInput(
  ports: Ports,
  bars: BarService,
  options: Options,
): Promise<{ readonly input: SheetInput; readonly detail: RunDetail }> {
  const { runs } = ports.stores
  const detail = await runs.get(options.run)
  const { summary, capsule } = detail
  if (summary.state !== 'done') throw new DomainError('report.no-result', { run: options.run, reason: summary.state })
  const [equity, trades, orders, fills, rolls] = (await Promise.all(
    (['equity', 'trades', 'orders', 'fills', 'rolls'] as const).map((name) => runs.columns(options.run, name)),
  )) as [SheetTable, SheetTable, SheetTable, SheetTable, SheetTable]
  const zone = capsule.instruments[0]?.zone ?? 'UTC'
  const clock = zoneClock(zone)
  const benchmark =
    options.benchmark === null ? null : await benchmarkReturns(bars, summary, { equity, instrument: options.benchmark })
  const tally = await ports.stores.optimisations.idea(ideaOf(capsule.entry, capsule.data))
  const input: SheetInput = {
    trials: tally.trials === 0 ? null : { count: tally.trials, variance: tally.variance },
    run: sheetRun(detail, equity),
    instruments: capsule.instruments.map(({ id, multiplier }) => ({
      id,
      multiplier: contractSize(summary.config, id, multiplier),
    })),
    ...{ equity, trades, orders, fills, rolls, benchmark, zone },
    basis: { periodsPerYear: options.periodsPerYear, riskFree: options.riskFree },
    wallClock: (time) => time + clock.offsetAt(time),
  }
  return { input, detail }
}

/** Cash value of one point of one unit, as the run reckoned it. */
function contractSize({ broker, commission, profile }: RunConfig, id: string, multiplier: number): number {
  const scheme = broker?.commissions?.[id] ?? commission
  if (scheme.kind === 'futures') return scheme.multiplier
  return profile === 'backtrader' ? 1 : multiplier
}

function sheetRun({ summary, capsule }: RunDetail, equity: SheetTable): SheetRun {
  const { config } = summary
  const time = equity.columns.time ?? new Float64Array()
  return {
    ...{ id: summary.id, strategy: summary.strategyName, createdAt: summary.createdAt, interval: config.interval },
    ...{ from: time[0] ?? capsule.data[0]?.from ?? 0, to: time.at(-1) ?? capsule.data[0]?.to ?? 0, cash: config.cash },
    currency: [...new Set(capsule.instruments.map((record) => record.currency))].join(' / '),
    params: config.params,
    ...{ commission: terms(config.commission), slippage: terms(config.slippage) },
    ...{ profile: config.profile, fillPolicy: config.fillPolicy, seed: config.seed, note: summary.note },
    ...{ engineBuild: capsule.engineBuild, resultHash: capsule.resultHash },
  }
}

/** `percent rate 0.001`: kind and figures of a cost rule, as the configuration names them. */
function terms({ kind, ...figures }: RunConfig['commission'] | RunConfig['slippage']): string {
  const parts = Object.entries(figures).map(([name, value]) => `${name} ${String(value)}`)
  return [kind, ...parts].join(' ')
}

/** Close-to-close returns of an instrument on the UTC days of a run; the first day’s is from its open. */
async function benchmarkReturns(
  bars: BarService,
  { config }: RunSummary,
  { equity, instrument }: { readonly equity: SheetTable; readonly instrument: string },
): Promise<{ name: string; series: ReturnSeries }> {
  const days = equity.columns.time ?? new Float64Array()
  const from = days[0] ?? null
  const to = (days.at(-1) ?? 0) + 1
  const read = (interval: string) => bars.read({ instrument, interval, from, to })
  // An instrument that is only stored coarser than the run still has days.
  const used = await read(config.interval).catch((failure: unknown) => {
    if (failure instanceof DomainError && failure.code === 'interval.unavailable') return read('1d')
    throw failure
  })
  const { time, open, close } = used.bars
  const [day, value]: [number[], number[]] = [[], []]
  let before = open[0] ?? Number.NaN
  for (let row = 0; row < time.length; row++) {
    const today = Math.floor((time[row] as number) / dayMs)
    if (row + 1 < time.length && Math.floor((time[row + 1] as number) / dayMs) === today) continue
    day.push(today * dayMs)
    value.push((close[row] as number) / before - 1)
    before = close[row] as number
  }
  return { name: instrument, series: { time: Float64Array.from(day), value: Float64Array.from(value) } }
}
