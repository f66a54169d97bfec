import { Commission, type CommissionTerms, freeOfCharge } from '../broker/commission.ts'
import { type BrokerRules, defaultBrokerRules } from '../broker/rules.ts'
import { noSlippage, type SlippageRules } from '../broker/slippage.ts'
import type { InstrumentRecord } from '../domain/instrument.ts'
import type { BrokerConfig, CommissionConfig, SlippageConfig } from './cost-config.ts'
import type { RunConfig } from './run-config.ts'

/** A scheme without its multiplier rules. */
function schemeTerms(config: CommissionConfig): CommissionTerms {
  switch (config.kind) {
    case 'none':
      return freeOfCharge
    case 'percent':
      return { ...freeOfCharge, rate: config.rate }
    case 'fixed':
      return { ...freeOfCharge, rate: config.perUnit, perUnit: true }
    case 'futures': {
      const { perContract, margin, multiplier, rate, autoMargin = 0 } = config
      const fee = rate === undefined ? { rate: perContract, perUnit: true } : { rate, perUnit: false }
      return { ...freeOfCharge, ...fee, stockLike: false, margin, multiplier, autoMargin }
    }
  }
}

/** The commission scheme of one instrument of a run. */
export function commissionFor(
  config: Pick<RunConfig, 'commission' | 'profile' | 'exact' | 'broker'>,
  record: Pick<InstrumentRecord, 'multiplier'> & { readonly id: string },
): Commission {
  if (config.exact?.terms !== undefined) return new Commission(config.exact.terms)
  const chosen = config.broker?.commissions?.[record.id] ?? config.commission
  const { leverage = 1, interest = 0, interestLong = false } = chosen
  const terms: CommissionTerms = { ...schemeTerms(chosen), leverage, interest, interestLong }
  const isUpstream = config.profile === 'backtrader'
  // A contract bought outright is worth its multiplier times the price
  const outright = terms.stockLike && !isUpstream
  const multiplier = outright ? record.multiplier : terms.multiplier
  const counts = config.broker?.feeCountsMultiplier ?? !isUpstream
  return new Commission({
    ...terms,
    multiplier,
    unitValue: outright ? multiplier : 1,
    feeUnit: counts ? (terms.stockLike ? record.multiplier : multiplier) : 1,
  })
}

/** As upstream's setters do, choosing slippage lets fills at the open slip too. */
function slippageRules(config: SlippageConfig): SlippageRules {
  if (config.kind === 'none') return noSlippage
  const { atOpen = true, match = true, matchLimit = true, outside = false } = config
  const { ratio, points } =
    config.kind === 'percent' ? { ratio: config.ratio, points: 0 } : { ratio: 0, points: config.points }
  return { ratio, points, atOpen, match, matchLimit, outside }
}

const brokerFlags = [
  'filler',
  'cheatOnClose',
  'cheatOnOpen',
  'checkSubmit',
  'shortCash',
  'interestInResult',
  'trailSource',
  'ocoOn',
  'resizeExits',
  'stopLimitReturn',
  'delayBars',
] as const satisfies readonly (keyof BrokerRules & keyof BrokerConfig)[]

/** The broker of a run. */
export function brokerRules(config: RunConfig): BrokerRules {
  const given = Object.fromEntries(
    brokerFlags.flatMap((name) => (config.broker?.[name] === undefined ? [] : [[name, config.broker[name]]])),
  )
  return {
    ...defaultBrokerRules,
    backtrader: config.profile === 'backtrader',
    fillPolicy: config.fillPolicy,
    slippage: slippageRules(config.slippage),
    freeExits: config.broker?.exits === 'once',
    ...given,
    ...config.exact?.rules,
  }
}
