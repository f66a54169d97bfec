import {
  defineIndicator,
  type IndicatorDefinition,
  type IndicatorGroup,
  type IndicatorParams,
  type IndicatorSpec,
} from '../definition.ts'

/** What a family file writes down for a function of TA-Lib; id, source and alias follow from its name there. */
export interface TalibSpec<Params extends IndicatorParams>
  extends Omit<IndicatorSpec<Params>, 'id' | 'title' | 'source' | 'aliases' | 'group' | 'pane'> {
  /** TA-Lib's name, e.g. `LINEARREG_SLOPE`. */
  readonly name: string
  readonly en: string
  readonly zh: string
  readonly group: IndicatorGroup
  /** Drawn in a pane of its own unless said otherwise. */
  readonly pane?: 'price' | 'own'
  /** TA-Lib's word for a parameter → ours. */
  readonly paramNames?: Readonly<Record<string, string>>
}

/**
 * An entry that gives TA-Lib's numbers: its defaults, seeds, divisions by zero and lookback (version 0.6, unstable
 * period 0, classic compatibility).
 */
export function defineTalib<Params extends IndicatorParams>(spec: TalibSpec<Params>): IndicatorDefinition {
  const { name, en, zh, ...rest } = spec
  return defineIndicator<Params>({
    pane: 'own',
    ...rest,
    id: `talib-${name.toLowerCase().replaceAll('_', '-')}`,
    title: { en: `${en} (TA-Lib)`, zh: `${zh}（TA-Lib）` },
    source: `TA-Lib ${name} (01 section 6.9)`,
    aliases: { talib: [name] },
  })
}

/** The one window length that most functions have. */
export const timed = { timeperiod: 'period' } as const
