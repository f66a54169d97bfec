/** `open high low close volume` and the open time of a bar, as read by hand in the file. */
export interface GoldenBar {
  readonly time: string
  readonly values: readonly [open: number, high: number, low: number, close: number, volume: number]
}

/** What importing one real file must give. */
export interface ImportCase {
  readonly file: string
  /** Data rows, of the picked contract. */
  readonly rows: number
  readonly bars: number
  readonly interval: string
  readonly stamp: 'open' | 'close' | 'day'
  readonly pick?: string
  /** Rows left out because they state no price. */
  readonly withoutPrice?: number
  readonly first: GoldenBar
  readonly last: GoldenBar
}

const none = Number.NaN
const bar = (time: string, ...values: GoldenBar['values']): GoldenBar => ({ time, values })

/** Files that import as they are; stamps of files without a zone are read as UTC. */
export const importCases: readonly ImportCase[] = [
  {
    file: 'backtrader/2005-2006-day-001.txt',
    rows: 512,
    bars: 512,
    interval: '1d',
    stamp: 'day',
    first: bar('2005-01-03T00:00:00Z', 2952.29, 2989.61, 2946.8, 2970.02, 0),
    last: bar('2006-12-29T00:00:00Z', 4130.12, 4142.01, 4119.94, 4119.94, 0),
  },
  {
    file: 'backtrader/2006-day-001.txt',
    rows: 255,
    bars: 255,
    interval: '1d',
    stamp: 'day',
    first: bar('2006-01-02T00:00:00Z', 3578.73, 3605.95, 3578.73, 3604.33, 0),
    last: bar('2006-12-29T00:00:00Z', 4130.12, 4142.01, 4119.94, 4119.94, 0),
  },
  {
    file: 'backtrader/2006-day-002.txt',
    rows: 129,
    bars: 129,
    interval: '1d',
    stamp: 'day',
    first: bar('2006-01-03T00:00:00Z', 3578.73, 3638.42, 3578.73, 3614.34, 0),
    last: bar('2006-12-29T00:00:00Z', 4137.44, 4142.06, 4119.94, 4119.94, 0),
  },
  {
    file: 'backtrader/2006-volume-day-001.txt',
    rows: 255,
    bars: 255,
    interval: '1d',
    stamp: 'day',
    first: bar('2006-01-02T00:00:00Z', 3602, 3624, 3596, 3617, 164794),
    last: bar('2006-12-29T00:00:00Z', 4157, 4167, 4145, 4157, 205816),
  },
  {
    file: 'backtrader/yhoo-2003-2005.txt',
    rows: 756,
    bars: 756,
    interval: '1d',
    stamp: 'day',
    first: bar('2003-01-02T00:00:00Z', 8.295, 8.83, 8.25, 8.8, 19640400),
    last: bar('2005-12-30T00:00:00Z', 39.400002, 39.560001, 39.049999, 39.18, 12233000),
  },
  {
    file: 'backtrader/yhoo-1996-2014.txt',
    rows: 4713,
    bars: 4713,
    interval: '1d',
    stamp: 'day',
    first: bar('1996-04-12T00:00:00Z', 1.052083, 1.791667, 1.020833, 1.375, 408720000),
    last: bar('2014-12-31T00:00:00Z', 51.540001, 51.68, 50.459999, 50.509998, 9305000),
  },
  {
    file: 'backtrader/orcl-2003-2005.txt',
    rows: 756,
    bars: 756,
    interval: '1d',
    stamp: 'day',
    first: bar('2003-01-02T00:00:00Z', 10.94, 11.25, 10.8, 11.21, 32064900),
    last: bar('2005-12-30T00:00:00Z', 12.21, 12.4, 12.16, 12.21, 22598000),
  },
  {
    file: 'backtrader/2006-week-001.txt',
    rows: 52,
    bars: 52,
    interval: '1w',
    stamp: 'day',
    first: bar('2006-01-02T00:00:00Z', 3578.73, 3666.99, 3578.73, 3666.99, 0),
    last: bar('2006-12-25T00:00:00Z', 4079.7, 4142.06, 4079.7, 4119.94, 0),
  },
  {
    file: 'backtrader/2006-month-001.txt',
    rows: 12,
    bars: 12,
    interval: '1M',
    stamp: 'day',
    first: bar('2006-01-01T00:00:00Z', 3578.73, 3707.63, 3515.07, 3691.41, 0),
    last: bar('2006-12-01T00:00:00Z', 3993.03, 4147.38, 3914.46, 4119.94, 0),
  },
  {
    file: 'backtrader/2006-min-005.txt',
    rows: 2142,
    bars: 2142,
    interval: '5m',
    stamp: 'close',
    first: bar('2006-01-02T09:00:00Z', 3578.73, 3587.88, 3578.73, 3582.99, 0),
    last: bar('2006-01-30T17:25:00Z', 3679.29, 3679.4, 3676.31, 3677.52, 0),
  },
  {
    file: 'backtrader/2006-01-02-volume-min-001.txt',
    rows: 30889,
    bars: 30889,
    interval: '1m',
    stamp: 'close',
    first: bar('2006-01-02T09:00:00Z', 3602, 3603, 3597, 3599, 5699),
    last: bar('2006-02-27T21:59:00Z', 3840, 3840, 3838, 3838, 327),
  },
  {
    file: 'equity/ibm-day-trade.csv',
    rows: 5849,
    bars: 5849,
    interval: '1d',
    stamp: 'day',
    first: bar('1998-01-02T00:00:00Z', 104.5, 105.75, 104.06, 105.75, 2563200),
    last: bar('2021-03-31T00:00:00Z', 134.54, 134.71, 132.71, 133.26, 4630365),
  },
  {
    file: 'equity/aapl-day-trade.csv',
    rows: 5849,
    bars: 5849,
    interval: '1d',
    stamp: 'day',
    first: bar('1998-01-02T00:00:00Z', 13.63, 16.25, 13.5, 16.25, 6315000),
    last: bar('2021-03-31T00:00:00Z', 121.65, 123.54, 121.15, 122.15, 109019052),
  },
  {
    file: 'equity/qqq-day-trade.csv',
    rows: 2523,
    bars: 2523,
    interval: '1d',
    stamp: 'day',
    first: bar('2011-03-23T00:00:00Z', 55.2, 55.86, 54.82, 55.72, 54175787),
    last: bar('2021-03-31T00:00:00Z', 316.14, 320.74, 315.05, 319.13, 50120342),
  },
  {
    file: 'equity/ibm-minute-trade.csv',
    rows: 2155,
    bars: 2155,
    interval: '1m',
    stamp: 'open',
    first: bar('2013-10-07T04:00:00Z', 181.52, 181.8, 181.52, 181.8, 1283),
    last: bar('2013-10-11T19:52:00Z', 186.19, 186.19, 186.19, 186.19, 200),
  },
  {
    file: 'equity/ibm-minute-quote.csv',
    rows: 2853,
    bars: 2853,
    interval: '1m',
    stamp: 'open',
    first: bar('2013-10-07T04:00:00Z', 180.01, 181.31, 180.01, 181.31, none),
    last: bar('2013-10-11T20:00:00Z', 185.92, 185.92, 185.92, 185.92, none),
  },
  {
    file: 'equity/aapl-minute-trade.csv',
    rows: 2303,
    bars: 2303,
    interval: '1m',
    stamp: 'open',
    first: bar('2014-06-05T04:15:00Z', 644.8, 644.8, 644.8, 644.8, 90),
    last: bar('2014-06-09T19:59:00Z', 93.76, 93.78, 93.76, 93.77, 2067),
  },
  {
    file: 'equity/aapl-minute-quote.csv',
    rows: 2512,
    bars: 2512,
    interval: '1m',
    stamp: 'open',
    first: bar('2014-06-05T04:00:00Z', 643.8, 644.06, 643.8, 644.06, none),
    last: bar('2014-06-09T20:00:00Z', 93.76, 93.76, 93.2, 93.2, none),
  },
  {
    file: 'forex/nzdusd-oanda-day-quote.csv',
    rows: 3738,
    bars: 3738,
    interval: '1d',
    stamp: 'day',
    first: bar('2007-01-01T00:00:00Z', 0.7039, 0.7049, 0.7039, 0.7047, none),
    last: bar('2018-12-31T00:00:00Z', 0.67049, 0.67217, 0.66903, 0.67078, none),
  },
  {
    file: 'forex/nzdusd-oanda-minute-quote.csv',
    rows: 4239,
    bars: 4239,
    interval: '1m',
    stamp: 'open',
    first: bar('2014-05-05T00:00:00Z', 0.86576, 0.86589, 0.86575, 0.86587, none),
    last: bar('2014-05-07T23:59:00Z', 0.86495, 0.86495, 0.86476, 0.86477, none),
  },
  {
    file: 'crypto/ethusd-coinbase-minute-trade.csv',
    rows: 2449,
    bars: 2449,
    interval: '1m',
    stamp: 'open',
    first: bar('2018-04-04T00:00:00Z', 416.29, 416.29, 416.15, 416.15, 46.33579289),
    last: bar('2018-04-05T23:59:00Z', 381, 381.55, 381, 381.55, 14.98739019),
  },
  {
    file: 'crypto/ethusd-coinbase-minute-quote.csv',
    rows: 2876,
    bars: 2876,
    interval: '1m',
    stamp: 'open',
    first: bar('2018-04-04T00:00:00Z', 416.15, 416.15, 416.15, 416.15, none),
    last: bar('2018-04-05T23:58:00Z', 381.75, 381.75, 381.75, 381.75, none),
  },
  {
    file: 'cfd/de30eur-oanda-minute-quote.csv',
    rows: 2439,
    bars: 2439,
    interval: '1m',
    stamp: 'open',
    first: bar('2019-02-20T00:15:00Z', 11313.5, 11313.6, 11313.4, 11313.4, none),
    last: bar('2019-02-21T20:59:00Z', 11410.4, 11411.1, 11410, 11410.6, none),
  },
  {
    file: 'future/gc-day-trade.csv',
    rows: 5,
    bars: 5,
    interval: '1d',
    stamp: 'day',
    pick: '201310',
    first: bar('2013-10-07T00:00:00Z', 1313.8, 1325.4, 1311.8, 1323, 83),
    last: bar('2013-10-11T00:00:00Z', 1286.9, 1291.6, 1263.8, 1269.9, 208),
  },
  {
    file: 'future/gc-minute-trade.csv',
    rows: 4040,
    bars: 4040,
    interval: '1m',
    stamp: 'open',
    pick: '201312',
    first: bar('2013-10-07T00:00:00Z', 1313.7, 1313.7, 1313, 1313, 49),
    last: bar('2013-10-09T23:59:00Z', 1302.8, 1303.2, 1302.8, 1303.1, 23),
  },
  {
    file: 'future/gc-minute-quote.csv',
    rows: 4187,
    bars: 4132,
    interval: '1m',
    stamp: 'open',
    pick: '201312',
    withoutPrice: 55,
    first: bar('2013-10-07T00:00:00Z', 1308.2, 1313.7, 1308.2, 1312.9, none),
    last: bar('2013-10-09T23:59:00Z', 1302.8, 1303, 1302.8, 1302.8, none),
  },
  {
    file: 'future/GOLD-contracts-day-close.csv',
    rows: 105,
    bars: 105,
    interval: '1d',
    stamp: 'day',
    pick: '201910',
    first: bar('2019-05-28T00:00:00Z', 1288.4, 1288.4, 1288.4, 1288.4, none),
    last: bar('2019-09-26T00:00:00Z', 1509.6, 1509.6, 1509.6, 1509.6, none),
  },
]

/** Files that hold no bars, and the reason the user is given. */
export const refusedFiles: readonly (readonly [file: string, reason: string])[] = [
  // Each row is one deal, in the bid or in the offer column.
  ['backtrader/bidask2.csv', 'one-sided-quotes'],
  // 0 means “that side is unchanged”, and the quotes are those of many venues without a best price.
  ['equity/ibm-tick-quote-20131007.csv', 'one-sided-quotes'],
  ['equity/ibm-factor-file.csv', 'not-prices'],
  ['equity/aapl-factor-file.csv', 'not-prices'],
  ['equity/qqq-factor-file.csv', 'not-prices'],
  ['equity/ibm-map-file.csv', 'no-prices'],
  ['equity/aapl-map-file.csv', 'no-prices'],
  ['equity/qqq-map-file.csv', 'no-prices'],
  ['future/gc-day-openinterest.csv', 'open-interest-only'],
  ['future/GOLD-roll-calendar.csv', 'no-prices'],
]
