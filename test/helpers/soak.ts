/** How often something is done: `short` in `npm test`, `long` in `npm run soak`; `TICKWRIGHT_KILLS` says it by hand. */
export function rounds(short: number, long: number): number {
  const { TICKWRIGHT_KILLS: asked, TICKWRIGHT_SOAK: soak } = process.env
  return Number(asked ?? (soak === '1' ? long : short))
}

/** Patience for so many rounds, ms. */
export function patience(count: number, each: number): number {
  return 60_000 + count * each
}
