import { RecordBuffer } from '../lib/record-buffer.ts'
import type { ContractRoll } from './contract-roll.ts'
import type { Market } from './market.ts'

/** The columns of a roll, in order. `from` and `to` are codes of `RollTable.codes`; `size` is signed; money in `fee`, `slippage`. */
export const rollColumns = [
  'instrument',
  'time',
  'from',
  'to',
  'size',
  'oldPrice',
  'newPrice',
  'fee',
  'slippage',
] as const

/** Every position that a run carried from one contract to the next. */
export class RollTable {
  readonly rows = new RecordBuffer(rollColumns.length)
  /** Contracts of all markets; what `from` and `to` count in. */
  readonly codes: readonly string[]
  readonly #firstCode: readonly number[]

  constructor(markets: readonly Market[]) {
    const firstCode: number[] = []
    const codes: string[] = []
    for (const { spans } of markets) {
      firstCode.push(codes.length)
      codes.push(...spans.map(({ code }) => code))
    }
    this.codes = codes
    this.#firstCode = firstCode
  }

  /** Position in `codes` of a contract of a market. */
  codeOf({ index }: Market, span: number): number {
    return (this.#firstCode[index] as number) + span
  }

  add(roll: Readonly<ContractRoll>, market: Market): void {
    const start = this.rows.add()
    const { values } = this.rows
    const to = this.codeOf(market, roll.span)
    const all = [market.index, roll.time, to - 1, to, roll.size, roll.oldPrice, roll.newPrice, roll.fee, roll.slippage]
    for (const [at, value] of all.entries()) values[start + at] = value
  }
}
