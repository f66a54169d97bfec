import type { RollRule } from './roll-rule.ts'

/** How a roll rule is written. */
export const rollRuleGrammar =
  'end, volume[:N], open-interest[:N], last-bars:N, expiry[:DAYS], first-notice[:DAYS], day:DAY[:MONTHS]; + means both, a comma the first'

/**
 * Reads a rule: `volume:2+open-interest:2,first-notice:3` rolls when both have been larger for two bars, or three days
 * before first notice, whichever comes first. undefined: not understood.
 */
export function parseRollRule(text: string): RollRule | undefined {
  return joined(text.split(','), 'any', (part) => joined(part.split('+'), 'all', single))
}

function joined(
  parts: readonly string[],
  kind: 'any' | 'all',
  read: (part: string) => RollRule | undefined,
): RollRule | undefined {
  const rules = parts.map(read)
  if (rules.length === 1) return rules[0]
  return rules.every((rule) => rule !== undefined) ? { kind, rules } : undefined
}

function single(part: string): RollRule | undefined {
  const [kind = '', ...numbers] = part.trim().split(':')
  const [first, second] = numbers.map((digits) => (/^\d{1,4}$/.test(digits) ? Number(digits) : Number.NaN))
  if (Number.isNaN(first) || Number.isNaN(second) || numbers.length > (kind === 'day' ? 2 : 1)) return undefined
  switch (kind) {
    case 'end':
      return first === undefined ? { kind } : undefined
    case 'volume':
    case 'open-interest':
      return { kind, confirm: Math.max(1, first ?? 1) }
    case 'expiry':
    case 'first-notice':
      return { kind, daysBefore: first ?? 0 }
    case 'last-bars':
      return first === undefined ? undefined : { kind, bars: first }
    case 'day':
      if (first === undefined || first < 1 || first > 31) return undefined
      return { kind: 'day-of-month', day: first, monthsBefore: second ?? 0 }
    default:
      return undefined
  }
}
