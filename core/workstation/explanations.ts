import type { Gives, Handlers } from '../contract/contract.ts'
import { toWireError } from '../contract/wire-error.ts'
import { DomainError } from '../domain/errors.ts'
import type { RunCapsule } from '../stores/run-records.ts'
import type { RunDetail, RunTable } from '../stores/run-store.ts'
import { kernelInput } from './backtests.ts'
import type { BarService } from './bars.ts'
import { type FirstEvent, firstDifferingEvent } from './first-difference.ts'
import type { KernelInput, KernelResult, Ports } from './ports.ts'
import { plainDifferences } from './run-comparison.ts'
import { sameBars } from './verification.ts'

type Explanation = Gives<'run.explain'>['explanation']
type Cause = Gives<'run.cause'>['causes'][number]
type Decision = Explanation['decisions'][number]

/** Explains orders and differences by running capsules again and watching. */
export function explanationHandlers(ports: Ports, bars: BarService): Pick<Handlers, 'run.explain' | 'run.cause'> {
  return {
    'run.explain': async ({ run, order, fill }) => {
      const { capsule } = await ports.stores.runs.get(run)
      const id = await orderOf(ports, run, { order, fill })
      const time = await createdTime(ports, run, id)
      const result = await rerun(ports, bars, { run, capsule, explain: { order: id, time } })
      if (result.explanation === undefined) throw new DomainError('order.unknown', { run, order: id })
      const explanation = result.explanation as unknown as Explanation
      return { run, identical: result.resultHash === capsule.resultHash, explanation }
    },
    'run.cause': async ({ a, b }) => {
      const [left, right] = await Promise.all([ports.stores.runs.get(a), ports.stores.runs.get(b)])
      const first = firstDifferingEvent(await eventTables(ports, a), await eventTables(ports, b))
      const outer = outerCauses(left, right)
      if (first === null) return { first, causes: outer, views: { a: [], b: [] }, unseen: null }
      const seen = await Promise.all([
        view(ports, bars, { run: a, capsule: left.capsule, first, side: 'a' }),
        view(ports, bars, { run: b, capsule: right.capsule, first, side: 'b' }),
      ]).catch((failure: unknown) => {
        const { code, data } = toWireError(failure)
        return { code, data: { ...data } }
      })
      if (!Array.isArray(seen)) return { first, causes: outer, views: { a: [], b: [] }, unseen: seen }
      const [inA, inB] = seen
      const causes = [...outer, ...innerCauses(inA, inB)]
      return { first, causes, views: { a: inA.decisions, b: inB.decisions }, unseen: null }
    },
  }
}

interface Rerun {
  readonly run: string
  readonly capsule: RunCapsule
  readonly explain: NonNullable<KernelInput['explain']>
}

async function rerun(ports: Ports, bars: BarService, { run, capsule, explain }: Rerun): Promise<KernelResult> {
  if (capsule.resultHash === null) throw new DomainError('run.not-verifiable', { run, reason: 'failed' })
  const used = await sameBars(bars, capsule, run)
  const bundle = await ports.compiler.bundle({ kind: 'sources', sources: capsule.sources, entry: capsule.entry })
  return ports.engine.run({ bundle, input: { ...kernelInput(capsule.config, used), explain } }).result
}

async function orderOf(
  { stores }: Ports,
  run: string,
  { order, fill }: { readonly order: number | null; readonly fill: number | null },
): Promise<number> {
  if (order !== null) return order
  const { columns } = await stores.runs.columns(run, 'fills')
  const found = columns.order?.[(fill ?? 0) - 1]
  if (found === undefined) throw new DomainError('order.unknown', { run, order: fill ?? 0 })
  return found
}

async function createdTime({ stores }: Ports, run: string, order: number): Promise<number> {
  const { columns } = await stores.runs.columns(run, 'orders')
  const time = columns.createdTime?.[order - 1]
  if (time === undefined) throw new DomainError('order.unknown', { run, order })
  return time
}

async function eventTables({ stores }: Ports, run: string): Promise<{ orders: RunTable; fills: RunTable }> {
  const [orders, fills] = await Promise.all([stores.runs.columns(run, 'orders'), stores.runs.columns(run, 'fills')])
  return { orders, fills }
}

/** What differs between two runs before anything has happened. */
function outerCauses(a: RunDetail, b: RunDetail): Cause[] {
  const config = plainDifferences(a.summary.config, b.summary.config)
    .filter(({ path }) => !path.startsWith('strategy.'))
    .map((difference): Cause => ({ kind: 'config', ...difference }))
  const code = plainDifferences(a.capsule.sources, b.capsule.sources).map(
    ({ path, a: before, b: after }): Cause => ({ kind: 'code', path, ...firstDifferingLine(before, after) }),
  )
  const data = plainDifferences(a.capsule.data, b.capsule.data).map(
    (difference): Cause => ({ kind: 'data', ...difference }),
  )
  const build: Cause = { kind: 'build', path: 'engineBuild', a: a.capsule.engineBuild, b: b.capsule.engineBuild }
  return [...config, ...code, ...data, ...(build.a === build.b ? [] : [build])]
}

function firstDifferingLine(a: string, b: string): { a: string; b: string } {
  const [left, right] = [a.split('\n'), b.split('\n')]
  const at = left.findIndex((line, index) => line !== right[index])
  const line = at < 0 ? left.length : at
  const text = (lines: readonly string[]) => (lines[line] === undefined ? '' : `${line + 1}: ${lines[line].trim()}`)
  return { a: text(left), b: text(right) }
}

interface Watched {
  readonly run: string
  readonly capsule: RunCapsule
  readonly first: FirstEvent
  readonly side: 'a' | 'b'
}

/** What a run saw when the event happened, or when the other run's did. */
async function view(ports: Ports, bars: BarService, { run, capsule, first, side }: Watched): Promise<Explanation> {
  const order = first[side].order ?? undefined
  const result = await rerun(ports, bars, { run, capsule, explain: { order, time: first.decided } })
  return result.explanation as unknown as Explanation
}

/** What differed in what both runs saw, in the order in which one thing leads to the next. */
function innerCauses(a: Explanation, b: Explanation): Cause[] {
  const causes: Cause[] = []
  for (const left of a.decisions) {
    const right = b.decisions.find(({ instrument }) => instrument === left.instrument)
    if (right !== undefined) causes.push(...decisionCauses(left, right))
  }
  const [fillA, fillB] = [a.fills[0], b.fills[0]]
  if (fillA === undefined || fillB === undefined) return causes
  const { bar: barA, event: _, ...restA } = fillA
  const { bar: barB, event: __, ...restB } = fillB
  return [
    ...causes,
    ...plainDifferences(barA, barB).map((difference): Cause => ({ kind: 'bar', ...difference })),
    ...plainDifferences(restA, restB).map((difference): Cause => ({ kind: 'fill', ...difference })),
  ]
}

function decisionCauses(a: Decision, b: Decision): Cause[] {
  const named = (kind: Cause['kind'], left: unknown, right: unknown) =>
    plainDifferences(left, right).map(
      (difference): Cause => ({ kind, ...difference, path: `${a.instrument} ${difference.path}` }),
    )
  const lines = (decision: Decision) => Object.fromEntries(decision.lines.map(({ name, now }) => [name, now]))
  const recorded = (decision: Decision) => Object.fromEntries(decision.recorded.map(({ name, value }) => [name, value]))
  const account = ({ position, averagePrice, cash, equity }: Decision) => ({ position, averagePrice, cash, equity })
  return [
    ...named('bar', a.bar, b.bar),
    ...named('line', lines(a), lines(b)),
    ...named('recorded', recorded(a), recorded(b)),
    ...named('account', account(a), account(b)),
  ]
}
