import { formatInterval, type IntervalSpec, isMeasureSpec, type MeasureSpec } from '../domain/bar-spec.ts'
import { DomainError } from '../domain/errors.ts'
import { BrickBuilder } from './brick-builder.ts'
import type { CutRule } from './cut-rule.ts'
import { FormingBar } from './forming-bar.ts'
import { MeasureCut } from './measure-cut.ts'
import { PeriodCut } from './period-cut.ts'
import { type OnForming, Replayer } from './replayer.ts'
import { type BarStream, type OnBar, Resampler } from './resampler.ts'
import type { TradingCalendar } from './trading-calendar.ts'
import { UpstreamCut, type UpstreamOptions } from './upstream-cut.ts'

/** How source bars become coarser ones: by our rules, or by backtrader's with its options. */
export type ResampleRules =
  | {
      readonly profile: 'default'
      readonly spec: IntervalSpec
      readonly zone: string
      /** Sessions and holidays, when known: a bar then ends with the last session of its period. */
      readonly calendar?: TradingCalendar | undefined
    }
  | ({ readonly profile: 'backtrader' } & UpstreamOptions)

/** A resampler for a stream; `onBar` receives each finished bar (one object, reused). */
export function createResampler(rules: ResampleRules, onBar: OnBar): BarStream {
  const bricks = rules.profile === 'default' && isMeasureSpec(rules.spec) && rules.spec.measure === 'renko'
  if (bricks) return new BrickBuilder((rules.spec as MeasureSpec).step, onBar)
  return new Resampler(cutRule(rules, false), onBar, formingBar(rules))
}

/**
 * A replayer for a stream; `onForming` receives the growing bar after each source bar (one object, reused). Throws
 * `interval.no-replay` for bricks, which do not grow.
 */
export function createReplayer(rules: ResampleRules, onForming: OnForming): Replayer {
  return new Replayer(cutRule(rules, true), onForming, formingBar(rules))
}

function cutRule(rules: ResampleRules, replays: boolean): CutRule {
  if (rules.profile === 'backtrader') return new UpstreamCut(rules, replays)
  const { spec, zone, calendar } = rules
  if (!isMeasureSpec(spec)) return new PeriodCut(spec, zone, calendar)
  const { measure, step } = spec
  if (measure === 'renko') throw new DomainError('interval.no-replay', { interval: formatInterval(spec) })
  return new MeasureCut({ measure, step })
}

function formingBar({ profile }: ResampleRules): FormingBar {
  return new FormingBar(profile === 'backtrader')
}
