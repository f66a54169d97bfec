import type { CSSProperties } from 'react'
import type { Column } from './table-model.ts'

/** Pixels of a row by density. */
export const rowHeights = { compact: 22, comfortable: 30 } as const
/** Columns are given for compact type; comfortable type is wider. */
const widthScales = { compact: 1, comfortable: 1.12 } as const
const shareMinimum = 60

/** Pixels below which the table scrolls sideways; the same for header and rows, so that they stay aligned. */
function leastWidth(columns: readonly Column[], scale: number): number {
  const widths = columns.map(({ width, minWidth = shareMinimum }) => (typeof width === 'number' ? width : minWidth))
  return widths.reduce((sum, width) => sum + Math.round(width * scale), 0)
}

function gridTemplate(columns: readonly Column[], scale: number): string {
  return columns
    .map(({ width, minWidth = shareMinimum }) =>
      typeof width === 'number'
        ? `${Math.round(width * scale)}px`
        : `minmax(${Math.round(minWidth * scale)}px, ${width})`,
    )
    .join(' ')
}

/** The custom properties that lay out header and rows alike. */
export function tableStyle(columns: readonly Column[], density: keyof typeof rowHeights): CSSProperties {
  const scale = widthScales[density]
  return {
    '--tw-columns': gridTemplate(columns, scale),
    '--tw-row': `${rowHeights[density]}px`,
    '--tw-least': `${leastWidth(columns, scale)}px`,
  } as CSSProperties
}
