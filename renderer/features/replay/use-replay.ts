import { create } from 'zustand'
import type { RequestName, Takes } from '../../../core/contract/contract.ts'
import type { WireColumns } from '../../../core/contract/define.ts'
import { isDomainError } from '../../../core/domain/errors.ts'
import { bridge } from '../../bridge.ts'
import { firstBars, type GrowingBars, moreBars } from '../../chart/growing-bars.ts'
import { useStore } from '../../state/store.ts'
import { ended } from '../../state/verification.ts'
import { type ReplayConfig, type ReplayEvent, type ReplayState, speeds, type Ticket, type Trades } from './types.ts'

/** Bars of the time before that come with a replay. */
const before = 500
const keptEvents = 200
/** The shortest time between two requests while it plays: two frames. */
const leastWaitMs = 33

interface ReplayDesk {
  /** `looking`: it is asked whether a replay is open already. */
  readonly phase: 'looking' | 'setup' | 'opening' | 'open'
  readonly config: ReplayConfig | null
  readonly state: ReplayState | null
  readonly bars: GrowingBars | null
  /** Counts openings: another one is another chart. */
  readonly opening: number
  readonly trades: Trades | null
  readonly events: readonly ReplayEvent[]
  readonly isPlaying: boolean
  readonly speed: (typeof speeds)[number]
  /** Playing stops with the bar on which an order is filled or ends. */
  readonly stopsAtEvents: boolean
  readonly isSaving: boolean
  /** Why the last thing that was asked for did not happen. */
  readonly failure: unknown
  look(): Promise<void>
  open(config: ReplayConfig): Promise<void>
  step(bars: number): Promise<void>
  jump(until: number): Promise<void>
  nextEvent(): Promise<void>
  play(): void
  pause(): void
  faster(by: 1 | -1): void
  order(ticket: Ticket): Promise<void>
  move(order: number, price: number): Promise<void>
  cancel(order: number): Promise<void>
  cancelAll(): Promise<void>
  flatten(): Promise<void>
  save(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

type Set = (change: Partial<ReplayDesk>) => void
type Get = () => ReplayDesk

const nothing = { state: null, bars: null, trades: null, events: [], isPlaying: false, failure: null } as const

/** The replay of this window. Whatever is asked waits for what was asked before: an order falls between two bars. */
export const useReplay = create<ReplayDesk>()((set, get) => {
  const inTurn = turns(set)
  const act = <Name extends 'replay.order' | 'replay.move' | 'replay.cancel' | 'replay.flatten'>(
    name: Name,
    takes: Omit<Takes<Name>, 'replay'>,
  ) =>
    inTurn(async () => {
      const replay = get().state?.replay
      if (replay === undefined) return
      await take(set, get, (await bridge().call(name, { ...takes, replay } as never)) as ReplayState)
    })
  const step = (takes: Omit<Takes<'replay.step'>, 'replay'>) => inTurn(() => goOn(set, get, takes))
  return {
    phase: 'looking',
    config: null,
    opening: 0,
    ...nothing,
    speed: 5,
    stopsAtEvents: true,
    isSaving: false,
    look: () =>
      inTurn(async () => {
        if (get().phase !== 'looking') return
        const { replays } = await bridge().call('replay.list', {})
        const last = replays.at(-1)
        if (last === undefined) set({ phase: 'setup' })
        else await begin(set, get, last.config, ['replay.get', { replay: last.replay, before }])
      }),
    open: (config) =>
      inTurn(async () => {
        set({ phase: 'opening', config })
        await begin(set, get, config, ['replay.open', { config, before }])
      }),
    step: (bars) => step({ bars, until: null, stopsAtEvents: false }),
    jump: (until) => step({ bars: 10_000_000, until, stopsAtEvents: false }),
    nextEvent: () => step({ bars: 10_000_000, until: null, stopsAtEvents: true }),
    play() {
      if (get().isPlaying || get().state === null || get().state?.ended === true) return
      set({ isPlaying: true })
      void keepPlaying(get, (bars) => step({ bars, until: null, stopsAtEvents: get().stopsAtEvents }))
    },
    pause: () => set({ isPlaying: false }),
    faster(by) {
      const speed = speeds[speeds.indexOf(get().speed) + by]
      if (speed !== undefined) set({ speed })
    },
    order: (ticket) => act('replay.order', ticket),
    move: (order, price) => act('replay.move', { order, price }),
    cancel: (order) => act('replay.cancel', { order }),
    async cancelAll() {
      // Exits go with their entries
      for (const { id, parent } of get().state?.orders ?? []) if (parent === null) await get().cancel(id)
      for (const { id } of get().state?.orders ?? []) await get().cancel(id)
    },
    flatten: () => act('replay.flatten', {}),
    async save() {
      const replay = get().state?.replay
      if (replay === undefined || get().isSaving) return
      set({ isPlaying: false, isSaving: true })
      await inTurn(async () => {
        const { run, job } = await bridge().call('replay.save', { replay, note: '' })
        await ended(job)
        useStore.getState().openRun(run)
      })
      set({ isSaving: false })
    },
    async restart() {
      const { config } = get()
      await get().close()
      if (config !== null) await get().open(config)
    },
    close: () =>
      inTurn(async () => {
        const replay = get().state?.replay
        set({ ...nothing, phase: 'setup' })
        if (replay !== undefined) await bridge().call('replay.close', { replay })
      }),
  }
})

/** One after the other; a failure is kept to be shown, and a replay that is gone leads back to the setup. */
function turns(set: Set): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    last = last.then(async () => {
      try {
        set({ failure: null })
        await work()
      } catch (failure) {
        set({ failure, isPlaying: false })
        const isGone = isDomainError(failure) && ['replay.closed', 'worker.lost'].includes(failure.code)
        useReplay.setState((desk) => {
          const isOpening = desk.phase === 'opening' || desk.phase === 'looking'
          return isGone || isOpening ? { ...nothing, failure, phase: 'setup' } : {}
        })
      }
    })
    return last
  }
}

type Opening = { [Name in 'replay.open' | 'replay.get']: [Name, Takes<Name>] }['replay.open' | 'replay.get']

async function begin(set: Set, get: Get, config: ReplayConfig, [name, takes]: Opening): Promise<void> {
  const { reply, columns } = await bridge().call<RequestName & typeof name>(name, takes as never)
  set({ ...nothing, phase: 'open', config, bars: firstBars(columns), opening: get().opening + 1 })
  await take(set, get, reply)
}

async function goOn(set: Set, get: Get, takes: Omit<Takes<'replay.step'>, 'replay'>): Promise<void> {
  const { state } = get()
  if (state === null || state.ended) return
  const { reply, columns } = await bridge().call('replay.step', { ...takes, replay: state.replay })
  await take(set, get, reply, columns)
}

/** Puts an answer in the place of the one before; trades are asked for when there was a fill. */
async function take(set: Set, get: Get, state: ReplayState, fresh?: WireColumns): Promise<void> {
  const { state: known, bars, events } = get()
  const lines = state.news.map((order) => ({ id: order.id, time: state.now, order }))
  const isStopped = state.ended || (get().stopsAtEvents && state.news.length > 0 && fresh !== undefined)
  set({
    state,
    ...(fresh === undefined || bars === null ? {} : { bars: moreBars(bars, fresh) }),
    ...(lines.length === 0 ? {} : { events: [...lines.reverse(), ...events].slice(0, keptEvents) }),
    ...(isStopped ? { isPlaying: false } : {}),
  })
  if (state.counts.fills === (known?.counts.fills ?? 0)) return
  const trades = await bridge().call('replay.table', { replay: state.replay, table: 'trades' })
  set({ trades })
}

/** Asks for the bars that are due, at the chosen speed, until it is paused. */
async function keepPlaying(get: Get, step: (bars: number) => Promise<void>): Promise<void> {
  let due = 0
  let last = performance.now()
  while (get().isPlaying) {
    const { speed } = get()
    await new Promise((resolve) => setTimeout(resolve, Math.max(leastWaitMs, (1_000 * (1 - (due % 1))) / speed)))
    if (!get().isPlaying) return
    const now = performance.now()
    // A window that slept does not catch up
    due += (Math.min(now - last, 1_000) * get().speed) / 1_000
    last = now
    const bars = Math.floor(due + 1e-3)
    if (bars === 0) continue
    due -= bars
    await step(bars)
  }
}
