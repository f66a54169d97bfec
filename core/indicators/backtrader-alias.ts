import type { IndicatorParams } from './definition.ts'

/** Where some lines of a backtrader indicator come from here. */
export interface BacktraderPart {
  readonly id: string
  /**
   * Their parameter → ours, in the order in which backtrader takes them; `movav` names are translated by the caller. A
   * list stands for a parameter that is a list there.
   */
  readonly params: Readonly<Record<string, string | readonly string[]>>
  /** Their line → our output. */
  readonly lines: Readonly<Record<string, string>>
  /** Their parameters that change nothing there. */
  readonly ignored?: readonly string[]
}

/** One class of backtrader: its parts, the defaults in which it differs from ours, and its other names. */
export interface BacktraderAlias {
  readonly name: string
  readonly also: readonly string[]
  readonly defaults: IndicatorParams
  readonly parts: readonly BacktraderPart[]
}

/** One class, its first name first. */
export function alias(
  names: readonly [string, ...string[]],
  part: BacktraderPart | readonly BacktraderPart[],
  defaults: IndicatorParams = {},
): BacktraderAlias {
  const parts = Array.isArray(part) ? (part as readonly BacktraderPart[]) : [part as BacktraderPart]
  return { name: names[0], also: names.slice(1), defaults, parts }
}

/** The envelope and the oscillator that backtrader makes of a moving average, under all their names (I-024 … I-055). */
export function derivedAliases(average: BacktraderAlias): readonly BacktraderAlias[] {
  const { name, also, parts } = average
  return parts.flatMap((part) => {
    const line = Object.keys(part.lines)[0] ?? ''
    const envelope = {
      ...part,
      id: `${part.id}-envelope`,
      params: { ...part.params, perc: 'percent' },
      lines: { [line]: 'middle', top: 'upper', bot: 'lower' },
    }
    const oscillator = { ...part, id: `${part.id}-oscillator`, lines: { [line]: 'oscillator' } }
    return [
      alias([`${name}Envelope`, ...also.map((other) => `${other}Envelope`)], envelope),
      alias(
        [`${name}Oscillator`, `${name}Osc`, ...also.flatMap((other) => [`${other}Oscillator`, `${other}Osc`])],
        oscillator,
      ),
    ]
  })
}
