import type { OpenSending, PlaceIntent, VenueIntent } from '../../broker/venue/venue-messages.ts'
import type { VenueLine, VenueTask } from '../../workstation/live/venue-port.ts'
import type { IbTrader } from './ib-trader.ts'

/** One session's orders at Interactive Brokers; sessions of one account share its connection. */
export class IbLine implements VenueLine {
  readonly #task: VenueTask
  readonly #trader: IbTrader
  readonly #leave: () => Promise<void>
  readonly #ids = new Set<string>()
  #isClosed = false

  /** `leave`: tells that this session needs the connection no more. */
  constructor(task: VenueTask, trader: IbTrader, leave: () => Promise<void>) {
    this.#task = task
    this.#trader = trader
    this.#leave = leave
  }

  send(intents: readonly VenueIntent[]): void {
    for (const intent of intents) {
      if (intent.kind === 'cancel') void this.#trader.cancel(intent.id)
      else {
        this.#follow(intent, false)
        void this.#trader.place(intent.id)
      }
    }
  }

  resume(open: readonly OpenSending[]): void {
    for (const { intent, isAsked } of open) this.#follow(intent, isAsked)
    this.#trader.seek()
  }

  async abandon(): Promise<void> {
    await Promise.all([...this.#ids].map((id) => this.#trader.cancel(id)))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#leave()
  }

  #follow(intent: PlaceIntent, isUnwanted: boolean): void {
    const { symbol = '', currency = '' } = this.#task.instruments[intent.instrument] ?? {}
    this.#ids.add(intent.id)
    const report: VenueTask['report'] = (told) => {
      if (!this.#isClosed) this.#task.report(told)
    }
    this.#trader.follow(intent, { symbol, currency, report }, isUnwanted)
  }
}
