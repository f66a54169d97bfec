/**
 * How settings of a run are written in one word, in the terminal and in the form alike. Each function reads one word;
 * undefined: it is none.
 */

export type WrittenCommission =
  | { kind: 'none' }
  | { kind: 'percent'; rate: number }
  | { kind: 'fixed'; perUnit: number }
  | { kind: 'futures'; perContract: number; margin: number; multiplier: number }

/** `none`, `percent:0.001` (ratio), `fixed:2` (a unit), `futures:2,1000,10` (a contract, margin, multiplier). */
export function readCommission(word: string): WrittenCommission | undefined {
  const [kind, amounts = ''] = word.split(':')
  const [first, second, third] = amounts.split(',').map(Number)
  if (kind === 'none' && amounts === '') return { kind }
  if (!isAmount(first)) return undefined
  if (kind === 'percent') return { kind, rate: first }
  if (kind === 'fixed') return { kind, perUnit: first }
  if (kind !== 'futures' || !isAmount(second) || !isAmount(third)) return undefined
  return { kind, perContract: first, margin: second, multiplier: third }
}

/** `NAME=COMMISSION`: the commission of one instrument. */
export function readInstrumentCommission(
  word: string,
): { instrument: string; commission: WrittenCommission } | undefined {
  const at = word.indexOf('=')
  const commission = readCommission(word.slice(at + 1).trim())
  return at < 1 || commission === undefined ? undefined : { instrument: word.slice(0, at).trim(), commission }
}

/** `DATE=AMOUNT`: money paid in (> 0) or out; without a zone the date is UTC. */
export function readCashFlow(word: string): { time: number; amount: number } | undefined {
  const [date = '', amount = ''] = word.split('=')
  const flow = { time: readMoment(date), amount: Number(amount) }
  return amount.trim() === '' || !Number.isFinite(flow.time + flow.amount) ? undefined : flow
}

/** `TIME,INSTRUMENT,SIZE,PRICE`: a fill that happened elsewhere; size > 0 bought, < 0 sold. */
export function readPastFill(
  row: string,
): { time: number; instrument: string; size: number; price: number } | undefined {
  const [date = '', instrument = '', size = '', price = ''] = row.split(',').map((cell) => cell.trim())
  const fill = { time: readMoment(date), instrument, size: Number(size), price: Number(price) }
  const isWhole = instrument !== '' && size !== '' && price !== ''
  return isWhole && Number.isFinite(fill.time + fill.size + fill.price) ? fill : undefined
}

/** `HH:MM-HH:MM` within one day, as milliseconds of the day. */
export function readHours(word: string): { start: number; end: number } | undefined {
  const found = /^(\d\d?):(\d\d)-(\d\d?):(\d\d)$/.exec(word)?.slice(1).map(Number)
  if (found === undefined) return undefined
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = found
  const hours = { start: (startHour * 60 + startMinute) * 60_000, end: (endHour * 60 + endMinute) * 60_000 }
  return startMinute < 60 && endMinute < 60 && hours.end > hours.start && hours.end <= 86_400_000 ? hours : undefined
}

/** A date or moment as EpochMs, UTC where no zone is written; NaN when it is none. */
export function readMoment(text: string): number {
  const trimmed = text.trim()
  const zoned = /^\d{4}-\d\d-\d\d$/.test(trimmed) || /(Z|[+-]\d\d:?\d\d)$/.test(trimmed) ? trimmed : `${trimmed}Z`
  return /^\d{4}-\d\d-\d\d/.test(trimmed) ? Date.parse(zoned) : Number.NaN
}

function isAmount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}
