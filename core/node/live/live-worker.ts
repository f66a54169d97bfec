import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { toWireError } from '../../contract/wire-error.ts'
import type { LiveEvent } from '../../engine/live/live-event.ts'
import type { LiveRun } from '../../engine/live/live-run.ts'
import { ensureDefined } from '../../lib/assert.ts'
import type { CompiledStrategy } from '../../workstation/compiled-strategy.ts'
import type { Applied, AppliedEvent, LiveInput } from '../../workstation/live/live-port.ts'
import { movedResult } from '../engine/moved-result.ts'
import { mapFailure, openRealm } from '../strategy/strategy-realm.ts'
import { moved, serveCalls } from '../worker-call.ts'

/** What a live run is opened with in its thread. */
export interface LiveTask {
  readonly bundle: CompiledStrategy
  readonly input: LiveInput
}

const { kernelPath } = workerData as { readonly kernelPath: string }
let opened: { readonly run: LiveRun; readonly bundle: CompiledStrategy } | undefined
const ready = () => ensureDefined(opened, 'the live run of the thread')

function apply(events: readonly LiveEvent[]): Applied {
  const { run, bundle } = ready()
  const applied: AppliedEvent[] = []
  try {
    for (const event of events) {
      const outcome = run.apply(event)
      applied.push({ outcome, news: run.news() })
    }
    return { events: applied, state: run.state(), failure: null }
  } catch (failure) {
    return { events: applied, state: run.state(), failure: toWireError(mapFailure(failure, bundle)) }
  }
}

serveCalls(ensureDefined(parentPort, 'the port of the live worker'), {
  open({ bundle, input }: LiveTask) {
    const script = new vm.Script(readFileSync(kernelPath, 'utf8'), { filename: 'tickwright-kernel.js' })
    const realm = openRealm(script, bundle, input.seed)
    try {
      opened = { bundle, run: realm.kernel.openLive({ ...input, strategyExports: realm.strategyExports }) }
      return opened.run.hears
    } catch (failure) {
      throw mapFailure(failure, bundle)
    }
  },
  apply: ({ events }: { readonly events: readonly LiveEvent[] }) => apply(events),
  state: () => ready().run.state(),
  headroom: ({ instrument, side }: { readonly instrument: number; readonly side: 'buy' | 'sell' }) =>
    ready().run.headroom(instrument, side),
  result: () => movedResult(ready().run.result()),
  curve() {
    const { time, equity, cash } = ready().run.result().equity.columns()
    const columns = { time: Float64Array.from(time), equity: Float64Array.from(equity), cash: Float64Array.from(cash) }
    return moved(
      columns,
      Object.values(columns).map(({ buffer }) => buffer),
    )
  },
})
