/** Units held and their average entry price. */
export interface Holding {
  size: number
  price: number
}

/** Trades `size` at `price`: adding averages the price, reducing keeps it, turning round starts anew (P-01). */
export function changeHolding(holding: Holding, size: number, price: number): void {
  const { size: held } = holding
  const after = held + size
  if (held === 0 || held > 0 === size > 0) holding.price = (held * holding.price + size * price) / after
  else if (after !== 0 && after > 0 !== held > 0) holding.price = price
  holding.size = after
}
