import { useEffect, useRef } from 'react'
import { registerCommands } from '../../state/commands.ts'

/** What the palette and the keys can do with the chart. */
export interface ChartActions {
  reset(): void
  fit(): void
  log(): void
  percent(): void
  picture(): void
  goToDate(): void
  indicators(): void
  alert(): void
  volume(): void
  trades(): void
}

const shortcuts: Readonly<Partial<Record<keyof ChartActions, string>>> = {
  reset: 'Alt+KeyR',
  fit: 'Alt+KeyF',
  log: 'Alt+KeyL',
  percent: 'Alt+KeyP',
  picture: 'Alt+KeyS',
  goToDate: 'Alt+KeyG',
  indicators: 'Alt+KeyI',
  alert: 'Alt+KeyA',
}

const names: readonly (keyof ChartActions)[] = [
  'reset',
  'fit',
  'log',
  'percent',
  'picture',
  'goToDate',
  'indicators',
  'alert',
  'volume',
  'trades',
]

/** Registers the chart's commands while it is mounted; they always do what the last render says. */
export function useChartCommands(actions: ChartActions): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(
    () =>
      registerCommands(
        names.map((name) => {
          const shortcut = shortcuts[name]
          return {
            id: `chart.${name}`,
            group: 'chart',
            titleKey: `chart:command.${name}`,
            ...(shortcut === undefined ? {} : { shortcut }),
            run: () => latest.current[name](),
          }
        }),
      ),
    [],
  )
}
