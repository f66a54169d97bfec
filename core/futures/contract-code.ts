import { DomainError } from '../domain/errors.ts'

/** Letters of the delivery months, January first. */
export const monthLetters = 'FGHJKMNQUVXZ'

/** A delivery month of a future. */
export interface Delivery {
  /** Text before the month, e.g. `ES`; empty when the code names none. */
  readonly root: string
  readonly year: number
  /** 1 to 12. */
  readonly month: number
}

/** `ESZ2026`, the code with all digits of its year. */
export function contractCode({ root, year, month }: Delivery): string {
  return `${root}${monthLetters[month - 1]}${year}`
}

/** `202612`: sorts as the contracts deliver. */
export function deliveryNumber({ year, month }: Pick<Delivery, 'year' | 'month'>): number {
  return year * 100 + month
}

/**
 * Reads a contract as venues and programs write it: `ESZ2026`, `ESZ26`, `ESZ6` (the year from
 * four before `around` to five after), qtpylib's `ESZ2026_FUT`, `ES_202612`, `ES-202612`, `202612`, and pysystemtrade's `20261200`.
 * Throws `futures.code`.
 */
export function parseContractCode(text: string, around: number): Delivery {
  const code = text.trim().toUpperCase().replace(/_FUT$/, '')
  const numbered = /^(?:([A-Z0-9]+)[_-])?(\d{4})(0[1-9]|1[0-2])(\d\d)?$/.exec(code)
  if (numbered !== null) {
    const [, root = '', year, month] = numbered
    return { root, year: Number(year), month: Number(month) }
  }
  const lettered = /^([A-Z0-9]*?[A-Z])[ _-]?([FGHJKMNQUVXZ])(\d{4}|\d{1,2})$/.exec(code)
  if (lettered === null) throw new DomainError('futures.code', { code: text })
  const [, root = '', letter = '', year = ''] = lettered
  return { root, year: fullYear(year, around), month: monthLetters.indexOf(letter) + 1 }
}

/** One or two digits stand for a year from four (or forty-nine) before `around` on. */
function fullYear(digits: string, around: number): number {
  if (digits.length === 4) return Number(digits)
  const span = 10 ** digits.length
  const first = around - (digits.length === 1 ? 4 : 49)
  return first + ((((Number(digits) - first) % span) + span) % span)
}
