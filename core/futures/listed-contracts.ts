import { contractCode, deliveryNumber, monthLetters } from './contract-code.ts'
import { type DayNumber, expiryDay, type IsTradingDay, weekends } from './expiry-rule.ts'
import type { FuturesProduct } from './products.ts'

/** A contract as the product's rules make it. */
export interface ListedContract {
  /** `ESZ2026`. */
  readonly code: string
  /** `202612`. */
  readonly delivery: number
  readonly lastTrade: DayNumber
  readonly firstNotice: DayNumber | null
}

/** Contracts whose last trading day lies in [from, to], earliest first. */
export function listedContracts(
  product: FuturesProduct,
  period: { readonly from: DayNumber; readonly to: DayNumber },
  isTradingDay: IsTradingDay = weekends,
): ListedContract[] {
  const contracts: ListedContract[] = []
  // A last trading day may lie a month or two before delivery, or after
  const [first, last] = [yearOf(period.from) - 1, yearOf(period.to) + 1]
  for (let year = first; year <= last; year++) {
    for (const letter of product.months) {
      const delivery = { root: product.root, year, month: monthLetters.indexOf(letter) + 1 }
      const lastTrade = expiryDay(product.lastTrade, delivery, isTradingDay)
      if (lastTrade < period.from || lastTrade > period.to) continue
      const notice = product.firstNotice === null ? null : expiryDay(product.firstNotice, delivery, isTradingDay)
      contracts.push({
        code: contractCode(delivery),
        delivery: deliveryNumber(delivery),
        lastTrade,
        firstNotice: notice,
      })
    }
  }
  return contracts.sort((a, b) => a.lastTrade - b.lastTrade)
}

/** The day on which a position must be gone: before notice of delivery is given, or before trading ends. */
export function lastSafeDay({ lastTrade, firstNotice }: ListedContract): DayNumber {
  return firstNotice === null ? lastTrade : Math.min(lastTrade, firstNotice - 1)
}

function yearOf(day: DayNumber): number {
  return 1970 + Math.floor(day / 365.2425)
}
