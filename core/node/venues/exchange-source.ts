import type { MarketSource } from '../../blotter/market-source.ts'
import { defaultReconnectPolicy, type ReconnectPolicy } from '../../blotter/reconnect-policy.ts'
import { keepConnected, type ReconnectPorts } from '../../blotter/reconnecting.ts'
import { marketKinds } from '../../domain/market-message.ts'
import { type ExchangeClient, type ExchangeOptions, exchangeError, openExchange } from './exchange-client.ts'
import { ExchangeFeed } from './exchange-feed.ts'
import { exchangeHistory } from './exchange-history.ts'
import { instrumentsOf } from './exchange-instruments.ts'

export interface ExchangeSourceOptions extends ExchangeOptions {
  /** Name of the source. */
  readonly name: string
  readonly reconnect?: Partial<ReconnectPolicy>
}

/**
 * A crypto exchange through ccxt: prints, quotes, order books and minute bars by WebSocket, bars and prints of the past
 * by REST. Symbols are ccxt's (`BTC/USDT`, `BTC/USDT:USDT`). No keys are needed.
 */
export function createExchangeSource(options: ExchangeSourceOptions, ports: ReconnectPorts): MarketSource {
  const { name, exchange } = options
  let asking: Promise<ExchangeClient> | undefined
  /** The client for questions, apart from the streams' so that neither ends the other. */
  const client = () => {
    asking ??= openExchange(options)
    asking.catch(() => {
      asking = undefined
    })
    return asking
  }
  const kept = keepConnected(
    async (listener) => {
      const opened = await openExchange(options)
      try {
        // Symbols must be known before the first stream; an exchange that is away fails here
        await opened.loadMarkets()
      } catch (failure) {
        await opened.close().catch(() => undefined)
        throw exchangeError(failure, exchange)
      }
      return new ExchangeFeed(opened, exchange, ports.clock, listener)
    },
    { ...defaultReconnectPolicy, ...options.reconnect },
    ports,
  )
  return {
    name,
    streams: new Set(marketKinds),
    history: exchangeHistory(client, exchange, ports.clock),
    start: (listener) => kept.start(listener),
    subscribe: (instrument, kinds) => kept.subscribe(instrument, kinds),
    async find(text, limit) {
      try {
        return instrumentsOf(await (await client()).loadMarkets(), { exchange, text, limit })
      } catch (failure) {
        throw exchangeError(failure, exchange)
      }
    },
    async stop() {
      await kept.stop()
      await asking?.then((open) => open.close()).catch(() => undefined)
    },
  }
}
