import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channels } from '../../core/contract/channels.ts'
import type { Gives, Payload, Reply, RequestName, Takes, TopicName } from '../../core/contract/contract.ts'
import { requestChannel } from '../../core/contract/contract.ts'
import type { WireColumns } from '../../core/contract/define.ts'
import { fromWireError, type WireError } from '../../core/contract/wire-error.ts'
import { callService, replyParts, type Service } from '../../core/node/call-service.ts'
import { type ServiceOptions, startService } from '../../core/node/service.ts'
import { crossText } from './strategies.ts'
import { testBuild } from './test-build.ts'

type Job = Payload<'job.changed'>

/** A folder that is removed again, with whatever is in it. */
export function temporaryHome(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tickwright-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Fills a data folder as a first start leaves it (sample data, templates), by copying one made once per build. */
export async function fillHome(home: string): Promise<void> {
  const outFolder = await testBuild()
  const template = join(outFolder, 'home')
  if (!existsSync(template)) {
    const draft = `${template}.${process.pid}`
    const first = await startService({ home: draft, outFolder, role: 'terminal' })
    await first.close()
    writeFileSync(join(draft, 'strategies', 'cross.ts'), crossText)
    if (existsSync(template)) rmSync(draft, { recursive: true })
    else renameSync(draft, template)
  }
  mkdirSync(home, { recursive: true })
  cpSync(template, home, { recursive: true })
}

/** A running service over a temporary home; every reply it gives is proved to fit the contract. */
export interface RunningService {
  readonly service: Service
  readonly home: string
  call<Name extends RequestName>(name: Name, takes: Takes<Name>): Promise<Gives<Name>>
  /** Waits for the end of a job; throws its error. */
  ended(job: string): Promise<Job>
  /** Starts a backtest and waits for its end; throws its error. */
  backtest(config?: Partial<Takes<'backtest.start'>>): Promise<Gives<'run.get'>>
  /** Everything published so far under a topic, in order. */
  heard<Name extends TopicName>(name: Name): readonly Payload<Name>[]
  /** Resolves with the next payload for which `fits` holds, heard already or not. */
  until<Name extends TopicName>(name: Name, fits: (payload: Payload<Name>) => boolean): Promise<Payload<Name>>
  /** Writes a strategy into the strategies folder. */
  strategy(name: string, code: string): Promise<{ readonly kind: 'saved'; readonly name: string }>
  close(): Promise<void>
}

export const crossConfig: Takes<'backtest.start'> = {
  strategy: { kind: 'saved', name: 'cross.ts' },
  params: {},
  instruments: ['SPX'],
  interval: '1d',
  from: null,
  to: null,
  cash: 100_000,
  commission: { kind: 'percent', rate: 0.0005 },
  slippage: { kind: 'none' },
  profile: 'default',
  fillPolicy: 'pessimistic',
  seed: 1,
}

export interface AService {
  /** Default: a new one with the sample data, removed when the service closes. */
  readonly home?: string
  readonly role?: ServiceOptions['role']
  readonly vault?: NonNullable<ServiceOptions['vault']>
  readonly storePatienceMs?: number
}

/** Starts a real service: SQLite, worker threads, kernel, compiler. */
export async function aService({ home: given, role = 'service', ...more }: AService = {}): Promise<RunningService> {
  const own = given === undefined ? temporaryHome() : undefined
  const home = given ?? own?.path ?? ''
  if (own !== undefined) await fillHome(home)
  const service = await startService({ home, outFolder: await testBuild(), role, ...more })
  return running(service, home, () => own?.remove())
}

function running(service: Service, home: string, remove: () => void): RunningService {
  const topics = listen(service)
  const call: RunningService['call'] = async (name, takes) => {
    const gives = await callService(service, name, takes)
    assertFits(name, gives)
    return gives
  }
  const ended: RunningService['ended'] = async (id) => {
    const job = await topics.until('job.changed', (one) => one.id === id && one.state !== 'running')
    if (job.error !== null) throw fromWireError(job.error as WireError)
    return job
  }
  return {
    service,
    home,
    call,
    ended,
    heard: topics.heard,
    until: topics.until,
    async backtest(config = {}) {
      const { run, job } = await call('backtest.start', { ...crossConfig, ...config })
      await ended(job)
      return call('run.get', { run })
    },
    async strategy(name, code) {
      await call('strategy.save', { name, code })
      return { kind: 'saved', name }
    },
    async close() {
      topics.stop()
      await service.close()
      remove()
    },
  }
}

/** Throws when a reply does not fit its `gives` schema, or a bulk reply names other columns than it carries. */
export function assertFits(name: RequestName, gives: unknown): void {
  const { reply, columns } = replyParts(name, gives)
  const parsed = requestChannel(name).gives.safeParse(reply)
  if (!parsed.success) throw new Error(`${name} gave what its schema refuses: ${parsed.error.message}`)
  if (columns === null) return
  const lengths = new Set(Object.values(columns).map((column) => column.length))
  if (name !== 'run.equity' && lengths.size > 1) throw new Error(`${name} gave columns of lengths ${[...lengths]}`)
}

function listen(service: Service) {
  const heard = new Map<TopicName, unknown[]>()
  const waiting = new Set<(name: TopicName, payload: never) => void>()
  const names = Object.keys(channels).filter(
    (name) => channels[name as keyof typeof channels].kind === 'topic',
  ) as TopicName[]
  const stops = names.map((name) =>
    service.subscribe(name, (payload) => {
      channels[name].payload.parse(payload)
      heard.set(name, [...(heard.get(name) ?? []), payload])
      for (const tell of [...waiting]) tell(name, payload as never)
    }),
  )
  const payloads = <Name extends TopicName>(name: Name) => (heard.get(name) ?? []) as readonly Payload<Name>[]
  return {
    heard: payloads,
    until<Name extends TopicName>(name: Name, fits: (payload: Payload<Name>) => boolean): Promise<Payload<Name>> {
      const found = payloads(name).find(fits)
      if (found !== undefined) return Promise.resolve(found)
      return new Promise((resolve) => {
        const tell = (topic: TopicName, payload: never) => {
          if (topic !== name || !fits(payload)) return
          waiting.delete(tell)
          resolve(payload)
        }
        waiting.add(tell)
      })
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

/** Columns as plain arrays, for `toEqual`. */
export function plainColumns(columns: WireColumns): Record<string, number[]> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]]))
}

/** The columns of a bulk request of a run. */
export async function tableOf(
  { call }: RunningService,
  name: 'run.trades' | 'run.orders' | 'run.fills',
  run: string,
): Promise<{ readonly reply: Reply<'run.trades'>; readonly columns: Record<string, number[]> }> {
  const { reply, columns } = await call(name, { run })
  return { reply, columns: plainColumns(columns) }
}
