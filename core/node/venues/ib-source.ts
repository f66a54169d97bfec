import { EventName } from '@stoqey/ib'
import type { MarketSource, SourceInstrument } from '../../blotter/market-source.ts'
import { RateBudget } from '../../blotter/rate-budget.ts'
import { defaultReconnectPolicy, type ReconnectPolicy } from '../../blotter/reconnect-policy.ts'
import { keepConnected, type ReconnectPorts } from '../../blotter/reconnecting.ts'
import type { InstrumentRecord } from '../../domain/instrument.ts'
import { marketKinds } from '../../domain/market-message.ts'
import { askIb } from './ib-ask.ts'
import { connectIb, type IbConnection, type IbOptions } from './ib-connection.ts'
import { type ContractFacts, ibContract, ibInstrument } from './ib-contract.ts'
import { IbFeed } from './ib-feed.ts'
import { ibHistory } from './ib-history.ts'

export interface IbSourceOptions extends IbOptions {
  readonly name: string
  readonly reconnect?: Partial<ReconnectPolicy>
}

/** TWS bans for a while whoever asks for more history than this. */
const historyPerTenMinutes = 60

/**
 * Interactive Brokers through TWS or its gateway. Symbols are contracts in text (`ibContract`). History is asked over
 * a connection of its own, with the client id after the streams', so a long backfill holds up no print.
 */
export function createIbSource(options: IbSourceOptions, ports: ReconnectPorts): MarketSource {
  const venue = options.name
  const questions = createQuestions({ ...options, clientId: options.clientId + 1 }, ports)
  const kept = keepConnected(
    async (listener) => {
      const connection = await connectIb(options)
      connection.onLost((error) => listener.lost(error))
      const feed = new IbFeed(connection, venue, ports.clock, listener)
      return { want: (instrument, kinds) => feed.want(instrument, kinds), close: async () => connection.close() }
    },
    { ...defaultReconnectPolicy, ...options.reconnect },
    ports,
  )
  const facts = async (symbol: string) => contractFacts(await questions.connection(), venue, symbol)
  return {
    name: venue,
    streams: new Set(marketKinds),
    history: ibHistory({
      venue,
      connection: questions.connection,
      turn: questions.turn,
      zone: async ({ symbol }: SourceInstrument) => (await facts(symbol))[0]?.timeZoneId || 'UTC',
    }),
    start: (listener) => kept.start(listener),
    subscribe: (instrument, kinds) => kept.subscribe(instrument, kinds),
    async find(text, limit) {
      const found: InstrumentRecord[] = []
      for (const each of await facts(text.toUpperCase())) {
        const record = ibInstrument(each)
        if (record !== undefined && found.length < limit) found.push(record)
      }
      return found
    },
    async stop() {
      await kept.stop()
      await questions.close()
    },
  }
}

/** A connection that is opened for the first question, again after it was lost, and paced. */
function createQuestions(options: IbOptions, { clock, after }: ReconnectPorts) {
  const budget = new RateBudget(historyPerTenMinutes / 600, historyPerTenMinutes)
  let open: Promise<IbConnection> | undefined
  const forget = () => {
    open = undefined
  }
  return {
    connection(): Promise<IbConnection> {
      open ??= connectIb(options).then((connection) => {
        connection.onLost(forget)
        return connection
      })
      open.catch(forget)
      return open
    },
    turn: () =>
      new Promise<void>((done) => {
        const now = clock.now()
        const wait = budget.take(now) - now
        if (wait <= 0) done()
        else after(wait, done)
      }),
    async close() {
      await open?.then((connection) => connection.close()).catch(() => undefined)
    },
  }
}

async function contractFacts(connection: IbConnection, venue: string, symbol: string): Promise<ContractFacts[]> {
  const found: ContractFacts[] = []
  await askIb({ connection, venue }, (request, done) => {
    const deafen = [
      connection.hear(EventName.contractDetails, (id: number, facts: ContractFacts) => {
        if (id === request) found.push(facts)
      }),
      connection.hear(EventName.contractDetailsEnd, (id: number) => {
        if (id === request) done()
      }),
    ]
    connection.api.reqContractDetails(request, ibContract(symbol))
    return () => {
      for (const end of deafen) end()
    }
  })
  return found
}
