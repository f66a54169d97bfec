import { DomainError } from '../domain/errors.ts'
import type { ExpiryRule } from './expiry-rule.ts'
import { type ProductSession, productFacts } from './product-facts.ts'

/** What is fixed of a future: facts to start from, to be checked with the exchange before money depends on them. */
export interface FuturesProduct {
  /** The exchange's code, e.g. `ES`. */
  readonly root: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly exchange: string
  readonly currency: string
  /** Cash value of one price point of one contract. */
  readonly multiplier: number
  readonly tickSize: number
  /** Letters of its delivery months. */
  readonly months: string
  /** Last trading day. Holidays are not in the rule: with a calendar they are applied, without one a date may be a day off. */
  readonly lastTrade: ExpiryRule
  /** First notice day of a future that delivers goods; null: settled in cash, or no notice before the last trading day. */
  readonly firstNotice: ExpiryRule | null
  readonly zone: string
  readonly session: ProductSession
  /** Roughly the margin as a ratio of the contract's value; see product-facts.ts. */
  readonly marginRatio: number
}

const quarterly = 'HMUZ'
const monthly = 'FGHJKMNQUVXZ'
const thirdFriday: ExpiryRule = { kind: 'weekday', nth: 3, weekday: 5 }
/** Two trading days before the third Wednesday. */
const currencyLast: ExpiryRule = { kind: 'weekday', nth: 3, weekday: 3, less: 2 }
/** The seventh trading day before the last one of the month. */
const seventhBeforeLast: ExpiryRule = { kind: 'trading-day', nth: -8 }
const lastDay: ExpiryRule = { kind: 'trading-day', nth: -1 }
const thirdLast: ExpiryRule = { kind: 'trading-day', nth: -3 }
const monthBefore: ExpiryRule = { kind: 'trading-day', nth: -1, months: -1 }
/** The trading day before the fifteenth. */
const beforeFifteenth: ExpiryRule = { kind: 'day', day: 15, roll: 'after', less: 1 }
const secondFridayEve: ExpiryRule = { kind: 'weekday', nth: 2, weekday: 5, less: 1 }
const fifteenthShanghai: ExpiryRule = { kind: 'day', day: 15, roll: 'after' }

type Row = readonly [
  root: string,
  en: string,
  zh: string,
  multiplier: number,
  tickSize: number,
  months: string,
  lastTrade: ExpiryRule,
  firstNotice?: ExpiryRule,
]

const venue = (exchange: string, currency: string, zone: string, rows: readonly Row[]): FuturesProduct[] =>
  rows.map(([root, en, zh, multiplier, tickSize, months, lastTrade, firstNotice = null]) => ({
    ...{ root, title: { en, zh }, exchange, currency, multiplier, tickSize, months, lastTrade, firstNotice, zone },
    ...productFacts(root, exchange),
  }))

const chicago = 'America/Chicago'
const newYork = 'America/New_York'

/** Well-known futures by exchange. */
export const futuresProducts: readonly FuturesProduct[] = [
  ...venue('CME', 'USD', chicago, [
    ['ES', 'E-mini S&P 500', '迷你标普500', 50, 0.25, quarterly, thirdFriday],
    ['MES', 'Micro E-mini S&P 500', '微型标普500', 5, 0.25, quarterly, thirdFriday],
    ['NQ', 'E-mini Nasdaq-100', '迷你纳斯达克100', 20, 0.25, quarterly, thirdFriday],
    ['MNQ', 'Micro E-mini Nasdaq-100', '微型纳斯达克100', 2, 0.25, quarterly, thirdFriday],
    ['RTY', 'E-mini Russell 2000', '迷你罗素2000', 50, 0.1, quarterly, thirdFriday],
    ['6E', 'Euro', '欧元', 125_000, 0.00005, quarterly, currencyLast],
    ['6B', 'British pound', '英镑', 62_500, 0.0001, quarterly, currencyLast],
    ['6J', 'Japanese yen', '日元', 12_500_000, 0.0000005, quarterly, currencyLast],
    ['6A', 'Australian dollar', '澳元', 100_000, 0.00005, quarterly, currencyLast],
    ['6S', 'Swiss franc', '瑞士法郎', 125_000, 0.00005, quarterly, currencyLast],
    ['LE', 'Live cattle', '活牛', 400, 0.025, 'GJMQVZ', lastDay],
    ['HE', 'Lean hogs', '瘦肉猪', 400, 0.025, 'GJKMNQVZ', { kind: 'trading-day', nth: 10 }],
  ]),
  ...venue('CBOT', 'USD', chicago, [
    ['YM', 'E-mini Dow', '迷你道琼斯', 5, 1, quarterly, thirdFriday],
    ['ZB', 'US Treasury bond', '美国长期国债', 1000, 1 / 32, quarterly, seventhBeforeLast, monthBefore],
    ['ZN', '10-year T-note', '10年期美债', 1000, 1 / 64, quarterly, seventhBeforeLast, monthBefore],
    ['ZF', '5-year T-note', '5年期美债', 1000, 1 / 128, quarterly, lastDay, monthBefore],
    ['ZT', '2-year T-note', '2年期美债', 2000, 1 / 256, quarterly, lastDay, monthBefore],
    ['ZC', 'Corn', '玉米', 50, 0.25, 'HKNUZ', beforeFifteenth, monthBefore],
    ['ZW', 'Chicago wheat', '小麦', 50, 0.25, 'HKNUZ', beforeFifteenth, monthBefore],
    ['ZS', 'Soybeans', '大豆', 50, 0.25, 'FHKNQUX', beforeFifteenth, monthBefore],
    ['ZM', 'Soybean meal', '豆粕', 100, 0.1, 'FHKNQUVZ', beforeFifteenth, monthBefore],
    ['ZL', 'Soybean oil', '豆油', 600, 0.01, 'FHKNQUVZ', beforeFifteenth, monthBefore],
  ]),
  ...venue('NYMEX', 'USD', newYork, [
    ['CL', 'WTI crude oil', 'WTI原油', 1000, 0.01, monthly, { kind: 'day', day: 25, months: -1, less: 3 }],
    ['NG', 'Henry Hub natural gas', '天然气', 10_000, 0.001, monthly, { kind: 'trading-day', nth: -3, months: -1 }],
    ['RB', 'RBOB gasoline', '汽油', 42_000, 0.0001, monthly, monthBefore],
    ['HO', 'NY Harbor ULSD', '取暖油', 42_000, 0.0001, monthly, monthBefore],
    ['PL', 'Platinum', '铂', 50, 0.1, 'FJNV', thirdLast, monthBefore],
    ['PA', 'Palladium', '钯', 100, 0.5, quarterly, thirdLast, monthBefore],
  ]),
  ...venue('COMEX', 'USD', newYork, [
    ['GC', 'Gold', '黄金', 100, 0.1, 'GJMQVZ', thirdLast, monthBefore],
    ['MGC', 'Micro gold', '微型黄金', 10, 0.1, 'GJMQVZ', thirdLast, monthBefore],
    ['SI', 'Silver', '白银', 5000, 0.005, 'HKNUZ', thirdLast, monthBefore],
    ['HG', 'Copper', '铜', 25_000, 0.0005, 'HKNUZ', thirdLast, monthBefore],
  ]),
  ...venue('ICEUS', 'USD', newYork, [
    [
      'KC',
      'Coffee C',
      '咖啡',
      375,
      0.05,
      'HKNUZ',
      { kind: 'trading-day', nth: -9 },
      { kind: 'trading-day', nth: 1, less: 7 },
    ],
    ['SB', 'Sugar No. 11', '11号糖', 1120, 0.01, 'HKNV', monthBefore],
    [
      'CT',
      'Cotton No. 2',
      '2号棉',
      500,
      0.01,
      'HKNVZ',
      { kind: 'trading-day', nth: -17 },
      { kind: 'trading-day', nth: 1, less: 5 },
    ],
    ['DX', 'US dollar index', '美元指数', 1000, 0.005, quarterly, currencyLast],
  ]),
  ...venue('EUREX', 'EUR', 'Europe/Berlin', [
    ['FESX', 'Euro Stoxx 50', '欧洲斯托克50', 10, 1, quarterly, thirdFriday],
    ['FDAX', 'DAX', 'DAX指数', 25, 1, quarterly, thirdFriday],
    ['FDXM', 'Mini-DAX', '迷你DAX', 5, 1, quarterly, thirdFriday],
    ['FGBL', 'Euro-Bund', '德国长期国债', 1000, 0.01, quarterly, { kind: 'day', day: 10, roll: 'after', less: 2 }],
    ['FGBM', 'Euro-Bobl', '德国中期国债', 1000, 0.01, quarterly, { kind: 'day', day: 10, roll: 'after', less: 2 }],
    ['FGBS', 'Euro-Schatz', '德国短期国债', 1000, 0.005, quarterly, { kind: 'day', day: 10, roll: 'after', less: 2 }],
  ]),
  ...venue('OSE', 'JPY', 'Asia/Tokyo', [['NK225', 'Nikkei 225', '日经225', 1000, 10, quarterly, secondFridayEve]]),
  ...venue('CFFEX', 'CNY', 'Asia/Shanghai', [
    ['IF', 'CSI 300', '沪深300股指', 300, 0.2, monthly, { ...thirdFriday, roll: 'after' }],
    ['IC', 'CSI 500', '中证500股指', 200, 0.2, monthly, { ...thirdFriday, roll: 'after' }],
    ['IH', 'SSE 50', '上证50股指', 300, 0.2, monthly, { ...thirdFriday, roll: 'after' }],
    ['IM', 'CSI 1000', '中证1000股指', 200, 0.2, monthly, { ...thirdFriday, roll: 'after' }],
    [
      'T',
      '10-year treasury',
      '10年期国债',
      10_000,
      0.005,
      quarterly,
      { kind: 'weekday', nth: 2, weekday: 5, roll: 'after' },
    ],
  ]),
  ...venue('SHFE', 'CNY', 'Asia/Shanghai', [
    ['AU', 'Gold', '沪金', 1000, 0.02, 'GJMQVZ', fifteenthShanghai],
    ['AG', 'Silver', '沪银', 15, 1, monthly, fifteenthShanghai],
    ['CU', 'Copper', '沪铜', 5, 10, monthly, fifteenthShanghai],
    ['RB.SHFE', 'Steel rebar', '螺纹钢', 10, 1, monthly, fifteenthShanghai],
  ]),
]

/** The product of a root. Throws `futures.root`. */
export function futuresProduct(root: string): FuturesProduct {
  const found = futuresProducts.find((product) => product.root === root.toUpperCase())
  if (found === undefined) throw new DomainError('futures.root', { root })
  return found
}
