/** Hours of trading in the exchange's zone; an open after the close is on the evening before. */
export interface ProductSession {
  /** `HH:MM`. */
  readonly open: string
  readonly close: string
}

const sessions: Readonly<Record<string, ProductSession>> = {
  CME: { open: '17:00', close: '16:00' },
  CBOT: { open: '17:00', close: '16:00' },
  NYMEX: { open: '18:00', close: '17:00' },
  COMEX: { open: '18:00', close: '17:00' },
  ICEUS: { open: '20:00', close: '17:00' },
  EUREX: { open: '01:10', close: '22:00' },
  OSE: { open: '17:00', close: '15:45' },
  CFFEX: { open: '09:30', close: '15:00' },
  SHFE: { open: '21:00', close: '15:00' },
}

const grains: ProductSession = { open: '19:00', close: '13:20' }
const livestock: ProductSession = { open: '08:30', close: '13:05' }

/** Products that trade at other hours than their exchange's. */
const own: Readonly<Record<string, ProductSession>> = {
  ...{ ZC: grains, ZW: grains, ZS: grains, ZM: grains, ZL: grains, LE: livestock, HE: livestock },
  ...{ KC: { open: '04:15', close: '13:30' }, SB: { open: '03:30', close: '13:00' } },
  ...{ CT: { open: '21:00', close: '14:20' }, T: { open: '09:30', close: '15:15' } },
}

/**
 * Roughly what an exchange asks for, as a ratio of the contract's value. It changes with the market, often, and brokers
 * ask for more: only a figure to begin a backtest with.
 */
const margins: Readonly<Record<string, number>> = {
  ...{ ES: 0.06, MES: 0.06, NQ: 0.07, MNQ: 0.07, RTY: 0.07, YM: 0.06 },
  ...{ '6E': 0.02, '6B': 0.025, '6J': 0.03, '6A': 0.025, '6S': 0.03, DX: 0.02, LE: 0.03, HE: 0.05 },
  ...{ ZB: 0.03, ZN: 0.018, ZF: 0.012, ZT: 0.006, ZC: 0.05, ZW: 0.06, ZS: 0.045, ZM: 0.05, ZL: 0.07 },
  ...{ CL: 0.08, NG: 0.12, RB: 0.08, HO: 0.08, PL: 0.07, PA: 0.12, GC: 0.05, MGC: 0.05, SI: 0.08, HG: 0.06 },
  ...{ KC: 0.09, SB: 0.06, CT: 0.06, FESX: 0.08, FDAX: 0.08, FDXM: 0.08, FGBL: 0.02, FGBM: 0.012, FGBS: 0.005 },
  ...{ NK225: 0.06, IF: 0.12, IC: 0.14, IH: 0.12, IM: 0.14, T: 0.02, AU: 0.08, AG: 0.09, CU: 0.07, 'RB.SHFE': 0.07 },
}

/** Session and margin of a product; `marginRatio` NaN where nothing is known. */
export function productFacts(root: string, exchange: string): { session: ProductSession; marginRatio: number } {
  return {
    session: own[root] ?? sessions[exchange] ?? { open: '00:00', close: '24:00' },
    marginRatio: margins[root] ?? Number.NaN,
  }
}
