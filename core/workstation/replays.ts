import type { Gives, Handlers, Takes } from '../contract/contract.ts'
import { type BarSeries, barColumnNames } from '../domain/bar-series.ts'
import { DomainError, isDomainError } from '../domain/errors.ts'
import { assertParts, type ManualCommand } from '../engine/replay/command.ts'
import { scriptName } from '../engine/replay/script.ts'
import type { ReplayState } from '../engine/replay/view.ts'
import type { RunConfig } from '../stores/run-records.ts'
import { type Backtests, completeConfig, kernelInput } from './backtests.ts'
import type { BarService } from './bars.ts'
import type { Ports } from './ports.ts'
import type { ReplayAnswer } from './replay-port.ts'

type Config = Takes<'replay.open'>['config']

/** An open replay: its settings as a run has them, and the bars before it. */
interface OpenReplay {
  readonly asked: Config
  readonly config: RunConfig
  /** Open of its first bar. */
  readonly start: number
}

type ReplayHandlers = Pick<Handlers, Extract<keyof Handlers, `replay.${string}`>>

/** Each holds its bars in memory. */
const mostReplays = 16

/** Replays: the engine of a backtest, held between two bars, with orders by hand. */
export function replayHandlers(ports: Ports, bars: BarService, backtests: Backtests): ReplayHandlers {
  const { replays } = ports
  const open = new Map<string, OpenReplay>()
  const find = (replay: string) => {
    const found = open.get(replay)
    if (found === undefined) throw new DomainError('replay.closed', { replay })
    return found
  }
  /** A thread that died has taken its replays with it. */
  const asked = async <Value>(replay: string, ask: () => Promise<Value>): Promise<Value> => {
    find(replay)
    try {
      return await ask()
    } catch (failure) {
      if (isDomainError(failure) && failure.code === 'worker.lost') open.clear()
      if (isDomainError(failure) && failure.code === 'replay.closed') open.delete(replay)
      throw failure
    }
  }
  const act = async (replay: string, command: ManualCommand) =>
    wireState(replay, await asked(replay, () => replays.act(replay, command)))
  const withHistory = async (replay: string, answer: ReplayAnswer, before: number) => {
    const { config, start } = find(replay)
    const history = before === 0 ? undefined : await readHistory(bars, config, start)
    return { reply: wireState(replay, answer.state), columns: joined(history, before, answer) }
  }
  return {
    'replay.open': async ({ config: wanted, before }) => {
      if (open.size >= mostReplays) throw new DomainError('replay.too-many', { count: open.size })
      const config = runConfig(wanted)
      const used = await bars.forRun(config)
      const replay = `replay-${ports.nextId()}`
      const answer = await replays.open(replay, kernelInput(config, used))
      open.set(replay, { asked: wanted, config, start: used[0]?.bars.time[0] ?? 0 })
      return withHistory(replay, answer, before)
    },
    'replay.list': () => ({ replays: [...open].map(([replay, { asked: config }]) => ({ replay, config })) }),
    'replay.get': async ({ replay, before }) =>
      withHistory(replay, await asked(replay, () => replays.get(replay)), before),
    'replay.step': async ({ replay, ...step }) => {
      const { state, columns } = await asked(replay, () => replays.step(replay, step))
      return { reply: wireState(replay, state), columns }
    },
    'replay.order': async ({ replay, ...ticket }) => {
      assertParts(ticket)
      return act(replay, { kind: 'order', ...ticket })
    },
    'replay.move': ({ replay, order, price }) => act(replay, { kind: 'move', order, price }),
    'replay.cancel': ({ replay, order }) => act(replay, { kind: 'cancel', order }),
    'replay.flatten': ({ replay }) => act(replay, { kind: 'flatten' }),
    'replay.table': async ({ replay, table: name }) => {
      const { rows, columns, texts } = await asked(replay, () => replays.table(replay, name))
      const mutable = Object.fromEntries(Object.entries(texts).map(([text, values]) => [text, [...values]]))
      return { reply: { rows, texts: mutable }, columns }
    },
    'replay.save': async ({ replay, note }) => {
      const { code, bars: seen, end } = await asked(replay, () => replays.script(replay))
      const config = { ...find(replay).config, to: end }
      const used = await bars.forRun(config)
      refuseOtherBars(used[0]?.bars, { instrument: config.instruments[0] ?? '', seen, end })
      const origin = { kind: 'sources', sources: { [scriptName]: code }, entry: scriptName } as const
      return backtests.launch({ config, bundle: await ports.compiler.bundle(origin), used, note })
    },
    'replay.close': async ({ replay }) => {
      await asked(replay, () => replays.close(replay))
      open.delete(replay)
      return {}
    },
  }
}

/** A replay's settings as those of a run; its strategy is the one that saving writes. */
function runConfig({ instrument, ...config }: Config): RunConfig {
  const strategy = { kind: 'saved', name: scriptName } as const
  return completeConfig({ ...config, strategy, params: {}, instruments: [instrument], seed: 0 }, [])
}

function wireState(replay: string, state: ReplayState): Gives<'replay.order'> {
  const { orders, news, counts } = state
  return {
    ...state,
    replay,
    orders: orders.map((order) => ({ ...order })),
    news: news.map((order) => ({ ...order })),
    counts: { ...counts },
  }
}

/** The bars of the time before a replay, at its interval. */
async function readHistory(bars: BarService, config: RunConfig, start: number): Promise<BarSeries> {
  const [instrument = ''] = config.instruments
  return (await bars.read({ instrument, interval: config.interval, from: null, to: start })).bars
}

/** The last `before` bars of the history, then those of the replay. */
function joined(history: BarSeries | undefined, before: number, { columns }: ReplayAnswer): ReplayAnswer['columns'] {
  const first = columns.time?.[0] ?? Number.NEGATIVE_INFINITY
  let end = history?.length ?? 0
  // A period that began before the start has a part in the history, and one in the replay
  while (end > 0 && (history?.time[end - 1] as number) >= first) end--
  const from = Math.max(0, end - before)
  if (history === undefined || end === from) return columns
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => {
      const whole = new Float64Array(end - from + values.length).fill(Number.NaN)
      const known = barColumnNames.find((column) => column === name)
      if (known !== undefined) whole.set(history[known].subarray(from, end))
      whole.set(values, end - from)
      return [name, whole]
    }),
  )
}

/** A run up to this moment must be over the very bars that were seen. */
function refuseOtherBars(
  found: BarSeries | undefined,
  { instrument, seen, end }: { readonly instrument: string; readonly seen: number; readonly end: number },
): void {
  const count = found?.length ?? 0
  if (count === seen && found?.closeTime[count - 1] === end) return
  throw new DomainError('replay.not-savable', { instrument, found: count, bars: seen })
}
