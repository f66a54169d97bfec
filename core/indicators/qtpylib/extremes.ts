import { columnAt, defineIndicator, periodParam } from '../definition.ts'
import { leastOf, minPeriodsName, minPeriodsParam, RollingExtreme, type UpstreamRule, upstreamRule } from './blocks.ts'

type Windowed = { window: number; minPeriods: number }
const extremes = { inputs: ['line'], group: 'range', pane: 'price', paramNames: minPeriodsName } as const
const extremeParams = { window: periodParam(14), minPeriods: minPeriodsParam }

export const rollingMinDefinition = defineIndicator<Windowed>({
  ...extremes,
  id: 'qtpylib-rolling-min',
  title: { en: 'Rolling minimum (qtpylib)', zh: '滚动最小值（qtpylib）' },
  params: extremeParams,
  outputs: { min: { warmup: (p) => leastOf(p) - 1 } },
  formula: 'lowest of those of the last window values that exist, once minPeriods (0: all) of them do',
  source: 'qtpylib rolling_min',
  aliases: { qtpylib: ['rolling_min'] },
  create(columns, params) {
    const extreme = new RollingExtreme(params.window, leastOf(params), 'lowest')
    return (from, to) => extreme.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})

export const rollingMaxDefinition = defineIndicator<Windowed & { rule: UpstreamRule }>({
  ...extremes,
  id: 'qtpylib-rolling-max',
  title: { en: 'Rolling maximum (qtpylib)', zh: '滚动最大值（qtpylib）' },
  params: { ...extremeParams, rule: upstreamRule },
  outputs: { max: { warmup: (p) => leastOf(p) - 1 } },
  formula:
    'highest of those of the last window values that exist, once minPeriods (0: all) do; rule qtpylib: the lowest',
  source: 'qtpylib rolling_max, which answers the minimum (X-20); rule qtpylib keeps that',
  aliases: { qtpylib: ['rolling_max'] },
  create(columns, params) {
    const which = params.rule === 'corrected' ? 'highest' : 'lowest'
    const extreme = new RollingExtreme(params.window, leastOf(params), which)
    return (from, to) => extreme.run(columnAt(columns.inputs, 0), columnAt(columns.outputs, 0), from, to)
  },
})
