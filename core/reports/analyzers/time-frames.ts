/** Upstream's words for the length of a period. */
export const timeFrames = [
  'NoTimeFrame',
  'Ticks',
  'MicroSeconds',
  'Seconds',
  'Minutes',
  'Days',
  'Weeks',
  'Months',
  'Years',
] as const

export type TimeFrame = (typeof timeFrames)[number]
