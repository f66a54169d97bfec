/** The colours a canvas needs, read from the tokens of the window. */
export interface ChartTheme {
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly grid: string
  readonly line: string
  readonly crosshair: string
  readonly label: string
  readonly up: string
  readonly down: string
  readonly upFaint: string
  readonly downFaint: string
  readonly profit: string
  readonly loss: string
  readonly buy: string
  readonly sell: string
  readonly accent: string
  readonly badge: string
  readonly badgeLine: string
  readonly series: readonly string[]
  readonly font: string
}

/** Reads the tokens where the chart stands, so that a panel with its own theme would be right too. */
export function readTheme(element: HTMLElement): ChartTheme {
  // A panel behind another tab is out of the document and has no style of its own.
  const style = getComputedStyle(element.isConnected ? element : document.body)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    background: token('surface-1'),
    text: token('text'),
    muted: token('text-muted'),
    grid: token('grid'),
    line: token('line'),
    crosshair: token('crosshair'),
    label: token('surface-4'),
    up: token('up'),
    down: token('down'),
    upFaint: `${token('up')}59`,
    downFaint: `${token('down')}59`,
    profit: token('up-text'),
    loss: token('down-text'),
    buy: token('buy'),
    sell: token('sell'),
    accent: token('accent'),
    badge: token('surface-3'),
    badgeLine: token('line-strong'),
    series: [1, 2, 3, 4, 5, 6].map((n) => token(`series-${n}`)),
    font: style.fontFamily,
  }
}
