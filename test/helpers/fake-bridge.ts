import type { Gives, Payload, RequestName, Takes, TopicName } from '../../core/contract/contract.ts'
import { DomainError } from '../../core/domain/errors.ts'
import { createEmitter, type Emitter } from '../../core/lib/emitter.ts'
import { type Bridge, setBridge } from '../../renderer/bridge.ts'

type Answers = { [Name in RequestName]?: (takes: Takes<Name>) => Gives<Name> | Promise<Gives<Name>> }

/** A service in memory: every request is recorded and answered by what the test wrote, topics are emitted by hand. */
export interface FakeBridge extends Bridge {
  /** Requests so far, oldest first. */
  readonly calls: readonly { readonly name: RequestName; readonly takes: unknown }[]
  /** What was asked of one channel, oldest first. */
  callsOf<Name extends RequestName>(name: Name): Takes<Name>[]
  /** Replaces the answer of a channel. */
  answer<Name extends RequestName>(name: Name, reply: NonNullable<Answers[Name]>): void
  emit<Name extends TopicName>(name: Name, payload: Payload<Name>): void
}

const empty: Answers = {
  'app.info': () => ({
    version: '0.1.0',
    engineBuild: 'test',
    runtime: 'test',
    home: '/home/trader/.tickwright',
    store: 'ready',
    storeBytes: 0,
    engineWorkers: 2,
    sampleReady: true,
    notices: [],
  }),
  'instrument.list': () => ({ instruments: [], coverage: [] }),
  'job.list': () => ({ jobs: [] }),
  'strategy.list': () => ({ strategies: [], templates: [] }),
  'run.list': () => ({ runs: [], total: 0 }),
  'metric.list': () => ({ metrics: [] }),
  'indicator.list': () => ({ indicators: [] }),
}

/** A bridge with an empty, healthy service behind it; settings are kept in memory. Also becomes the process-wide one. */
export function fakeBridge(answers: Answers = {}): FakeBridge {
  const settings = new Map<string, Gives<'settings.get'>['value']>()
  const replies: Record<string, (takes: never) => unknown> = {
    'settings.get': ({ key }: Takes<'settings.get'>) => ({ value: settings.get(key) ?? null }),
    'settings.set': ({ key, value }: Takes<'settings.set'>) => {
      settings.set(key, value)
      return {}
    },
    ...empty,
    ...answers,
  }
  const calls: { name: RequestName; takes: unknown }[] = []
  const topics = new Map<TopicName, Emitter<unknown>>()
  const topic = (name: TopicName): Emitter<unknown> => {
    const known = topics.get(name) ?? createEmitter<unknown>()
    topics.set(name, known)
    return known
  }
  const fake: FakeBridge = {
    calls,
    callsOf: <Name extends RequestName>(name: Name) =>
      calls.filter((call) => call.name === name).map((call) => call.takes as Takes<Name>),
    answer(name, reply) {
      replies[name] = reply as (takes: never) => unknown
    },
    async call<Name extends RequestName>(name: Name, takes: Takes<Name>): Promise<Gives<Name>> {
      calls.push({ name, takes })
      const reply = replies[name]
      if (reply === undefined) throw new DomainError('request.unknown', { request: name })
      return (await reply(takes as never)) as Gives<Name>
    },
    subscribe: (name, listener) => topic(name).subscribe(listener as (payload: unknown) => void),
    pathOf: (file) => `/home/trader/${file.name}`,
    emit: (name, payload) => topic(name).emit(payload),
  }
  setBridge(fake)
  return fake
}
