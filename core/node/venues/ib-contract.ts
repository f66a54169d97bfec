import { type Contract, OptionType, SecType } from '@stoqey/ib'
import { DomainError } from '../../domain/errors.ts'
import { instrumentId } from '../../domain/ids.ts'
import type { InstrumentKind, InstrumentRecord } from '../../domain/instrument.ts'

/**
 * A contract of Interactive Brokers from its text: `AAPL`, or qtpylib's tuple joined by commas with the same defaults
 * (symbol, type STK, exchange SMART, currency USD, expiry, strike, right): `ES,FUT,CME,USD,202612`, `EUR,CASH,IDEALPRO`,
 * `SPX,OPT,SMART,USD,20261218,5000,C`; also its `FUT.ES.202612` (exchange CME). Fails with `venue.symbol`.
 */
export function ibContract(text: string): Contract {
  const future = /^FUT\.([A-Z0-9]+)\.(\d{6,8})$/.exec(text)
  if (future !== null) return ibContract(`${future[1]},FUT,CME,USD,${future[2]}`)
  const [symbol = '', type = 'STK', exchange = 'SMART', currency = 'USD', expiry = '', strike = '', right = ''] = text
    .split(',')
    .map((part) => part.trim())
  const secType = Object.values(SecType).find((each) => each === type)
  const option = { C: OptionType.Call, P: OptionType.Put }[right]
  const sound = symbol !== '' && secType !== undefined && /^(\d{6}|\d{8})?$/.test(expiry)
  if (!sound || (right !== '' && option === undefined) || Number.isNaN(Number(strike))) {
    throw new DomainError('venue.symbol', { venue: 'ib', detail: text })
  }
  return {
    symbol,
    secType,
    exchange,
    currency,
    ...(expiry === '' ? {} : { lastTradeDateOrContractMonth: expiry, includeExpired: secType === SecType.FUT }),
    ...(strike === '' ? {} : { strike: Number(strike) }),
    ...(option === undefined ? {} : { right: option }),
  }
}

/** What history and streams of a contract show: prints, or for currencies (which have none) the middle of bid and ask. */
export function hasPrints(contract: Contract): boolean {
  return contract.secType !== SecType.CASH && contract.secType !== SecType.CMDTY
}

const kinds: Partial<Record<SecType, InstrumentKind>> = {
  [SecType.STK]: 'stock',
  [SecType.FUT]: 'future',
  [SecType.CONTFUT]: 'future',
  [SecType.CASH]: 'fx',
  [SecType.IND]: 'index',
  [SecType.CFD]: 'cfd',
  [SecType.CRYPTO]: 'crypto',
}

/** What TWS tells of a contract, as far as it is used. */
export interface ContractFacts {
  readonly contract: Contract
  readonly minTick?: number
  readonly minSize?: number
  readonly longName?: string
  readonly timeZoneId?: string
}

/** A contract's description as an instrument; undefined where its local symbol cannot be an id of ours. */
export function ibInstrument({
  contract,
  minTick,
  minSize,
  longName,
  timeZoneId,
}: ContractFacts): InstrumentRecord | undefined {
  const local = (contract.localSymbol ?? contract.symbol ?? '').replaceAll(' ', '')
  const id = instrumentId(`${local}.IB`)
  if (id === undefined || minTick === undefined || minTick <= 0) return undefined
  const { symbol, secType, exchange, currency, lastTradeDateOrContractMonth: expiry } = contract
  return {
    id,
    symbol: [symbol, secType, exchange, currency, ...(expiry ? [expiry] : [])].join(','),
    name: longName ?? local,
    kind: (secType === undefined ? undefined : kinds[secType]) ?? 'other',
    currency: currency ?? 'USD',
    tickSize: minTick,
    lotSize: minSize !== undefined && minSize > 0 ? minSize : 1,
    multiplier: contract.multiplier || 1,
    zone: timeZoneId === undefined || timeZoneId === '' ? 'UTC' : timeZoneId,
    simulated: false,
  }
}
