import type { Recipe, Role } from './types.ts'

/** Every role of a column, in the order of the menus. */
export const roles: readonly Role[] = ['date', 'time', 'open', 'high', 'low', 'close', 'volume', 'openInterest']

/** Separators offered; any other single character can be typed in the recipe of a terminal import. */
export const separators = [',', ';', '\t', '|', ' '] as const
export const encodings = ['utf-8', 'utf-16le', 'gbk', 'latin1'] as const
export const decimals = ['.', ','] as const
export const badRowChoices = ['refuse', 'skip'] as const
export const shapes = ['bars', 'ticks'] as const
export const stamps = ['open', 'close', 'day'] as const

/** Patterns of the date column that files use; others can be typed. */
export const dateFormats = [
  'yyyy-MM-dd',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-ddTHH:mm:ss',
  'yyyy/MM/dd',
  'yyyyMMdd',
  'yyyyMMdd HHmmss',
  'yyyyMMdd HH:mm',
  'dd.MM.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'yyyyMMdd ms-of-day',
] as const

/** Where to start when nothing could be inferred: the commonest order of columns. */
export const plainRecipe: Recipe = {
  separator: ',',
  encoding: 'utf-8',
  headerRows: 1,
  columns: { date: 0, time: null, open: 1, high: 2, low: 3, close: 4, volume: null, openInterest: null },
  dateFormat: 'yyyy-MM-dd',
  decimal: '.',
  zone: 'UTC',
  stamp: 'day',
  interval: '1d',
  priceDivisor: 1,
  badRows: 'refuse',
}

/** The role of a column of the file; null when it is not used. */
export function roleOf(columns: Recipe['columns'], index: number): Role | null {
  return roles.find((role) => columns[role] === index) ?? null
}

function isRequired(role: Role | null): boolean {
  return role === 'date' || role === 'close'
}

/**
 * Gives a column of the file a role. What held the role before takes the column's old one (they swap), so that the
 * required roles date and close are never without a column; a change that would leave one so is not made.
 */
export function assignRole(columns: Recipe['columns'], index: number, role: Role | null): Recipe['columns'] {
  const before = roleOf(columns, index)
  if (before === role) return columns
  const holder = role === null ? null : columns[role]
  if (isRequired(before) && holder === null) return columns
  const next: Record<Role, number | null> = { ...columns }
  if (before !== null) next[before] = holder
  if (role !== null) next[role] = index
  return next as Recipe['columns']
}

/** True when a field, or a part of it such as `columns.time`, was guessed with doubt. */
export function isDoubtful(doubts: readonly string[], field: string): boolean {
  return doubts.some((doubt) => doubt === field || doubt.startsWith(`${field}.`))
}

/** Fields whose value cannot be used, so that nothing is sent that the service would refuse. */
export function recipeFaults(recipe: Recipe): (keyof Recipe)[] {
  const faults: (keyof Recipe)[] = []
  if (!Number.isInteger(recipe.headerRows) || recipe.headerRows < 0 || recipe.headerRows > 100)
    faults.push('headerRows')
  if (!(recipe.priceDivisor > 0)) faults.push('priceDivisor')
  if (!/^[1-9]\d{0,4}[smhdwMy]$/.test(recipe.interval)) faults.push('interval')
  if (recipe.dateFormat.trim() === '' || recipe.dateFormat.length > 40) faults.push('dateFormat')
  return faults
}
