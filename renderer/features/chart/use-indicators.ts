import { useEffect, useMemo, useState } from 'react'
import type { Gives, Reply } from '../../../core/contract/contract.ts'
import { bridge } from '../../bridge.ts'
import { decimalsFor, type ShownIndicator, shifted } from '../../chart/indicator-lines.ts'
import type { PlacedIndicator } from './chart-settings.ts'
import type { BarsShown } from './use-bars.ts'

/** One entry of the indicator catalogue. */
export type CatalogueEntry = Reply<'indicator.list'>['indicators'][number]

type Computed = Gives<'indicator.compute'>

/** Answers for one set of bars; a failure is kept beside its indicator. */
interface Answers {
  readonly shown: BarsShown
  readonly values: ReadonlyMap<string, Computed>
  readonly errors: ReadonlyMap<string, unknown>
  /** Questions whose value is of these bars; others are still of the same bars with fewer after them. */
  readonly fresh: ReadonlySet<string>
}

/** What an indicator depends on besides the bars. */
function question({ id, params, sources }: PlacedIndicator): string {
  return JSON.stringify([id, params, sources])
}

/** Computes what is placed over all bars that are shown; each indicator appears as soon as it is there. */
export function useIndicators(
  placed: readonly PlacedIndicator[],
  catalogue: readonly CatalogueEntry[],
  shown: BarsShown | null,
): { readonly indicators: readonly ShownIndicator[]; errorOf(key: string): unknown } {
  const [answers, setAnswers] = useState<Answers | null>(null)
  const current = answers !== null && answers.shown === shown ? answers : null
  const drawn = current ?? (answers !== null && answers.shown.bars === shown?.bars ? answers : null)
  const questions = useMemo(() => [...new Map(placed.map((one) => [question(one), one])).values()], [placed])

  useEffect(() => {
    if (shown === null) return
    let wanted = true
    for (const one of questions) {
      const asked = question(one)
      if (current?.fresh.has(asked) === true || current?.errors.has(asked) === true) continue
      compute(one, shown)
        .then((value) => wanted && setAnswers((before) => withValue(before, shown, asked, value)))
        .catch((error: unknown) => wanted && setAnswers((before) => withError(before, shown, asked, error)))
    }
    return () => {
      wanted = false
    }
  }, [questions, shown, current])

  const indicators = useMemo(() => {
    let colour = 0
    return placed.flatMap((one) => {
      const entry = catalogue.find(({ id }) => id === one.id)
      const value = drawn?.values.get(question(one))
      if (entry === undefined || value === undefined) return []
      const indicator = toShown(one, entry, value, colour)
      colour += indicator.lines.length
      return [indicator]
    })
  }, [placed, catalogue, drawn])
  const errorOf = (key: string) => {
    const one = placed.find((candidate) => candidate.key === key)
    return one === undefined ? undefined : current?.errors.get(question(one))
  }
  return { indicators, errorOf }
}

function compute({ id, params, sources }: PlacedIndicator, { instrument, interval }: BarsShown): Promise<Computed> {
  return bridge().call('indicator.compute', {
    id,
    params,
    sources: [...sources],
    instrument,
    interval,
    from: null,
    to: null,
  })
}

function base(before: Answers | null, shown: BarsShown): Answers {
  if (before?.shown === shown) return before
  const values = before?.shown.bars === shown.bars ? before.values : new Map<string, Computed>()
  return { shown, values, errors: new Map(), fresh: new Set() }
}

function withValue(before: Answers | null, shown: BarsShown, asked: string, value: Computed): Answers {
  const answers = base(before, shown)
  return {
    ...answers,
    values: new Map(answers.values).set(asked, value),
    fresh: new Set(answers.fresh).add(asked),
  }
}

function withError(before: Answers | null, shown: BarsShown, asked: string, error: unknown): Answers {
  const answers = base(before, shown)
  return { ...answers, errors: new Map(answers.errors).set(asked, error) }
}

function toShown(
  one: PlacedIndicator,
  entry: CatalogueEntry,
  { reply, columns }: Computed,
  firstColour: number,
): ShownIndicator {
  return {
    key: one.key,
    title: indicatorTitle(one, entry),
    pane: one.pane === 'catalogue' ? entry.pane : one.pane,
    guides: entry.guides,
    hidden: one.hidden,
    decimals: decimalsFor(entry.outputs.map(({ name }) => columns[name] ?? new Float64Array(0))),
    lines: entry.outputs.map((output, index) => ({
      name: output.name,
      draw: output.draw,
      values: shifted(columns[output.name] ?? new Float64Array(0), reply.shifts[index] ?? 0),
      colour: firstColour + index,
    })),
  }
}

/** `SMA 20`, `MACD 12 26 9`, `SMA 20 volume`: the id in capitals, its periods, and what else differs from the catalogue. */
export function indicatorTitle(
  { params, sources }: Pick<PlacedIndicator, 'params' | 'sources'>,
  entry: CatalogueEntry,
): string {
  const told = entry.params.flatMap(({ name, kind, default: standard }) => {
    const value = params[name] ?? standard
    if (kind === 'int' && /period|fast|slow|signal/i.test(name)) return [String(value)]
    return value === standard ? [] : [kind === 'bool' ? name : String(value)]
  })
  return [entry.id.toUpperCase(), ...told, ...sources].join(' ')
}
