import type { MarketSource, SourceClock, SourceInstrument, SourceListener } from '../../blotter/market-source.ts'
import type { WireTopic } from '../../blotter/wire/message-codec.ts'
import { instrumentId } from '../../domain/ids.ts'
import { type MarketKind, type MarketMessage, marketKinds } from '../../domain/market-message.ts'
import { openWireSubscriber, type WireSubscriber, type WireSubscriberOptions } from '../wire/wire-subscriber.ts'

export interface BlotterSourceOptions {
  readonly name: string
  readonly host: string
  /** Of its frames; questions are asked at the next one. */
  readonly port: number
  readonly silentMs: number
  /** For a blotter that only known keys may hear. */
  readonly curve?: NonNullable<WireSubscriberOptions['curve']>
}

const lookMs = 500
/** How long a search waits for a blotter that it is not connected to. */
const findMs = 2_000

/**
 * Another blotter, heard over ZeroMQ: what it cleaned, exact and in order; what the network lost is asked for, and what
 * it no longer has is told as a gap. Symbols are its instruments' ids.
 */
export function createBlotterSource(options: BlotterSourceOptions, { now, every }: SourceClock): MarketSource {
  const wishes = new Map<string, { readonly id: SourceInstrument['id']; readonly kinds: ReadonlySet<MarketKind> }>()
  let listener: SourceListener | undefined
  let wire: WireSubscriber | undefined
  let heardAt = Number.NaN
  let state: 'connecting' | 'live' | 'silent' = 'connecting'
  let stopLooking = (): void => undefined
  const addresses = {
    frames: `tcp://${options.host}:${options.port}`,
    questions: `tcp://${options.host}:${options.port + 1}`,
    ...(options.curve === undefined ? {} : { curve: options.curve }),
  }
  const become = (next: 'live' | 'silent') => {
    if (state === next) return
    state = next
    listener?.state(next === 'live' ? { kind: 'live' } : { kind: 'silent', since: heardAt })
  }

  function hear(message: MarketMessage): void {
    heardAt = now()
    become('live')
    const wish = wishes.get(message.instrument)
    if (wish?.kinds.has(message.kind)) listener?.message({ ...message, instrument: wish.id })
  }

  return {
    name: options.name,
    streams: new Set(marketKinds),
    history: null,
    start(told) {
      listener = told
      told.state({ kind: 'connecting', attempt: 1 })
      let epochs = 0
      wire = openWireSubscriber(
        { ...addresses, wants: ({ instrument, kind }) => wishes.get(instrument)?.kinds.has(kind) === true },
        {
          message: hear,
          lost({ instrument }) {
            const wish = wishes.get(instrument)
            if (wish !== undefined) told.gap([wish.id], heardAt)
          },
          restarted() {
            // The first is the one that we joined
            if (++epochs > 1)
              told.gap(
                [...wishes.values()].map(({ id }) => id),
                heardAt,
              )
          },
        },
      )
      void wire.ready.then(() => {
        heardAt = now()
        become('live')
      })
      stopLooking = every(lookMs, () => {
        if (state === 'live' && now() - heardAt > options.silentMs) become('silent')
      })
    },
    subscribe({ id, symbol }, kinds) {
      if (kinds.size === 0) wishes.delete(symbol)
      else wishes.set(symbol, { id, kinds })
    },
    async find(text, limit) {
      const topics = wire?.topics() ?? (await topicsOf(addresses))
      const names = [...new Set(topics.map(({ instrument }) => instrument))]
      const wanted = names.filter((name) => name.toLowerCase().includes(text.toLowerCase())).slice(0, limit)
      return wanted.flatMap((symbol) => {
        const id = instrumentId(symbol)
        const facts = { symbol, name: symbol, kind: 'stock', currency: 'USD', zone: 'UTC' } as const
        return id === undefined
          ? []
          : [{ id, ...facts, tickSize: 0.01, lotSize: 1, multiplier: 1, simulated: symbol.startsWith('SIM-') }]
      })
    },
    async stop() {
      stopLooking()
      wire?.close()
      wire = undefined
      listener?.state({ kind: 'stopped' })
      listener = undefined
    },
  }
}

async function topicsOf(
  addresses: Pick<WireSubscriberOptions, 'frames' | 'questions' | 'curve'>,
): Promise<readonly WireTopic[]> {
  const ignore = () => undefined
  const wire = openWireSubscriber(
    { ...addresses, wants: () => false },
    { message: ignore, lost: ignore, restarted: ignore },
  )
  try {
    await Promise.race([wire.ready, new Promise((late) => setTimeout(late, findMs))])
    return wire.topics()
  } finally {
    wire.close()
  }
}
