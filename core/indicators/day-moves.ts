import {
  columnAt,
  defineIndicator,
  type IndicatorDefinition,
  type Kernel,
  type KernelColumns,
  periodParam,
} from './definition.ts'
import { Delay } from './windows.ts'

interface MoveNames {
  readonly id: string
  readonly en: string
  readonly zh: string
  readonly formula: string
  readonly backtrader: string
  readonly row: string
  readonly kernel: (columns: KernelColumns, period: number) => Kernel
}

function moveDefinition({ id, en, zh, formula, backtrader, row, kernel }: MoveNames): IndicatorDefinition {
  return defineIndicator<{ period: number }>({
    id,
    title: { en, zh },
    group: 'momentum',
    inputs: ['line'],
    pane: 'own',
    params: { period: periodParam(1) },
    outputs: { move: { warmup: (p) => p.period } },
    formula,
    source: `backtrader ${backtrader} (${row})`,
    aliases: { backtrader: [backtrader] },
    create: (columns, { period }) => kernel(columns, period),
  })
}

export const upDayDefinition = moveDefinition({
  id: 'up-day',
  en: 'Rise',
  zh: '上涨幅度',
  formula: 'x − x period bars ago, 0 where that is negative',
  backtrader: 'UpDay',
  row: 'I-090',
  kernel(columns, period) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = Math.max((values[i] as number) - (out[i] as number), 0)
    }
  },
})

export const downDayDefinition = moveDefinition({
  id: 'down-day',
  en: 'Fall',
  zh: '下跌幅度',
  formula: 'x period bars ago − x, 0 where that is negative',
  backtrader: 'DownDay',
  row: 'I-091',
  kernel(columns, period) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = Math.max((out[i] as number) - (values[i] as number), 0)
    }
  },
})

export const isUpDayDefinition = moveDefinition({
  id: 'is-up-day',
  en: 'Rising',
  zh: '是否上涨',
  formula: '1 where x is above x period bars ago, else 0',
  backtrader: 'UpDayBool',
  row: 'I-092',
  kernel(columns, period) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const move = (values[i] as number) - (out[i] as number)
        out[i] = Number.isNaN(move) ? Number.NaN : move > 0 ? 1 : 0
      }
    }
  },
})

export const isDownDayDefinition = moveDefinition({
  id: 'is-down-day',
  en: 'Falling',
  zh: '是否下跌',
  formula: '1 where x is below x period bars ago, else 0',
  backtrader: 'DownDayBool',
  row: 'I-093',
  kernel(columns, period) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) {
        const move = (values[i] as number) - (out[i] as number)
        out[i] = Number.isNaN(move) ? Number.NaN : move < 0 ? 1 : 0
      }
    }
  },
})

export const downMoveDefinition = moveDefinition({
  id: 'down-move',
  en: 'Downward move',
  zh: '下行变动',
  formula: 'x period bars ago − x; the upward move is the momentum over as many bars',
  backtrader: 'DownMove',
  row: 'I-074',
  kernel(columns, period) {
    const delay = new Delay(period)
    return (from, to) => {
      const values = columnAt(columns.inputs, 0)
      const out = columnAt(columns.outputs, 0)
      delay.run(values, out, from, to)
      for (let i = from; i < to; i++) out[i] = (out[i] as number) - (values[i] as number)
    }
  },
})
