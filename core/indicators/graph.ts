import { DomainError } from '../domain/errors.ts'
import { ensureDefined, invariant } from '../lib/assert.ts'
import { ColumnArena } from '../lib/column-arena.ts'
import {
  type IndicatorDefinition,
  type IndicatorParams,
  type Kernel,
  type KernelColumns,
  runKernel,
} from './definition.ts'
import type { Cursor, LineDisplay, LineOwner, Operand } from './line.ts'
import { columnOf, Line, ownerOf, rebindColumn } from './line.ts'
import type { LineCache } from './line-cache.ts'
import { operatorDefinition } from './operators.ts'
import { completeParams } from './params.ts'

/** The columns of an instrument's bars; a BarSeries fits. Equal lengths. */
export interface BarColumns {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** When each bar opened, see IndicatorInput; asked for only by indicators of sessions. */
  localTime?(): Float64Array
}

/** The lines of an instrument's bars; a graph and a strategy's Instrument both fit. */
export interface BarLines {
  readonly open: Line
  readonly high: Line
  readonly low: Line
  readonly close: Line
  readonly volume: Line
}

/** One bar as it arrives live. */
export interface BarValues {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly localTime?: number
}

interface GraphNode {
  kernel: Kernel
  /** A fresh kernel over the same columns. */
  readonly renew: () => Kernel
  readonly columns: KernelColumns
  readonly inputs: readonly Line[]
  readonly outputs: readonly Line[]
}

const barNames = ['open', 'high', 'low', 'close', 'volume'] as const
const firstCapacity = 1024

/**
 * All lines over one series of bars, sharing one cursor. Each distinct indicator exists once: asking again for
 * `sma(close, 20)` returns the line there is, so that a strategy may build its lines wherever it likes.
 *
 * With `history` every line is computed over all of it at once, into a column of its own; the given columns are read,
 * never written. `append` then continues bar by bar, with the same kernels.
 */
export class LineGraph implements LineOwner, BarLines {
  readonly cursor: Cursor
  readonly open: Line
  readonly high: Line
  readonly low: Line
  readonly close: Line
  readonly volume: Line
  readonly #history: BarColumns | undefined
  #localTime: Line | undefined
  readonly #nodes: GraphNode[] = []
  readonly #adopted: Line[] = []
  readonly #made = new Map<string, readonly Line[]>()
  readonly #numbers = new Map<object, number>()
  /** Undefined: every column is computed here. */
  readonly #cache: LineCache | undefined
  readonly #arena: ColumnArena
  #length: number
  #capacity: number

  /**
   * A graph with a `cache` is for complete histories: its columns are shared with other graphs and never grow. `arena`:
   * where other columns come from; nobody may keep a line's column longer than it.
   */
  constructor(
    history?: BarColumns,
    cursor: Cursor = { i: -1 },
    memory: { readonly cache?: LineCache | undefined; readonly arena?: ColumnArena } = {},
  ) {
    this.cursor = cursor
    this.#history = history
    this.#cache = memory.cache
    this.#arena = memory.cache === undefined && memory.arena !== undefined ? memory.arena : new ColumnArena()
    this.#length = history?.close.length ?? 0
    this.#capacity = this.#length
    this.open = this.#barLine('open', history)
    this.high = this.#barLine('high', history)
    this.low = this.#barLine('low', history)
    this.close = this.#barLine('close', history)
    this.volume = this.#barLine('volume', history)
  }

  /** When each bar opened on its exchange's clock; undefined where nobody says. Made when first asked for. */
  get localTime(): Line {
    this.#localTime ??= this.#makeLocalTime()
    return this.#localTime
  }

  /** Bars computed so far: history plus appended ones, wherever the cursor is. */
  get length(): number {
    return this.#length
  }

  /**
   * The lines of one indicator, in the order of its outputs; missing params take their defaults.
   * Throws `param.unknown`, `param.invalid`, `indicator.input` for too many or too few inputs, or
   * `indicator.foreign` for a line of other bars.
   */
  derive(definition: IndicatorDefinition, given: IndicatorParams, operands: readonly Operand[]): readonly Line[] {
    const params = completeParams(definition, given)
    if (operands.length !== definition.inputs.length) {
      const counts = { expected: definition.inputs.length, actual: operands.length }
      throw new DomainError('indicator.input', { indicator: definition.id, reason: 'count', ...counts })
    }
    const inputs = operands.map((operand) => this.#asLine(operand, definition))
    const key = [definition, ...inputs].map((part) => this.#numberOf(part)).join(' ') + JSON.stringify(params)
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const outputs = this.#addNode(definition, params, inputs)
    this.#made.set(key, outputs)
    return outputs
  }

  operate(operator: string, operands: readonly Operand[], params: IndicatorParams = {}): Line {
    return ensureDefined(this.derive(operatorDefinition(operator), params, operands)[0], `output of ${operator}`)
  }

  /** A line that is `value` on every bar. */
  constant(value: number): Line {
    return this.operate('constant', [], { value })
  }

  /** Takes the next live bar and computes every line for it. Moving the cursor onto it stays with the engine. */
  append(bar: BarValues): void {
    invariant(this.#cache === undefined, 'a graph over cached columns is complete')
    if (this.#length === this.#capacity) this.#grow()
    const index = this.#length
    for (const name of barNames) columnOf(this[name])[index] = bar[name]
    if (this.#localTime !== undefined) columnOf(this.#localTime)[index] = bar.localTime ?? Number.NaN
    this.#length = index + 1
    for (const node of this.#nodes) node.kernel(index, index + 1)
  }

  /** Puts another last bar in place, one that is still forming, and computes every line anew up to it. */
  restate(bar: BarValues): void {
    const index = this.#length - 1
    for (const name of barNames) columnOf(this[name])[index] = bar[name]
    this.recompute()
  }

  /** Computes every line anew, after columns that others wrote have changed. */
  recompute(): void {
    for (const node of this.#nodes) {
      node.kernel = node.renew()
      runKernel(node.kernel, 0, this.#length)
    }
  }

  /** A line of this graph whose values were made elsewhere, one for each bar; who made them adds those of new bars. */
  adopt(name: string, column: Float64Array, warmup: number): Line {
    invariant(column.length === this.#length, `${name} has ${column.length} values for ${this.#length} bars`)
    const line = new Line({ name, owner: this, cursor: this.cursor, column, warmup })
    this.#adopted.push(line)
    return line
  }

  #barLine(name: (typeof barNames)[number], history: BarColumns | undefined): Line {
    const column = history?.[name] ?? new Float64Array(0)
    invariant(column.length === this.#length, `${name} has ${column.length} bars, close has ${this.#length}`)
    return new Line({ name, owner: this, cursor: this.cursor, column, warmup: 0 })
  }

  /** Bars that came live before anyone asked for their times have none. */
  #makeLocalTime(): Line {
    const known = this.#history?.localTime?.()
    const column = known?.length === this.#capacity ? known : new Float64Array(this.#capacity).fill(Number.NaN)
    if (known !== undefined && column !== known) column.set(known)
    return new Line({ name: 'localTime', owner: this, cursor: this.cursor, column, warmup: 0 })
  }

  #asLine(operand: Operand, definition: IndicatorDefinition): Line {
    if (typeof operand === 'number') return this.constant(operand)
    if (ownerOf(operand) === this) return operand
    throw new DomainError('indicator.foreign', { indicator: definition.id, series: operand.name })
  }

  #numberOf(part: object): number {
    const known = this.#numbers.get(part)
    if (known !== undefined) return known
    this.#numbers.set(part, this.#numbers.size)
    return this.#numbers.size - 1
  }

  #addNode(definition: IndicatorDefinition, params: IndicatorParams, inputs: readonly Line[]): readonly Line[] {
    const wait = Math.max(0, ...inputs.map((input) => input.warmup))
    const title = titleOf(definition, params, inputs)
    const known = this.#cache?.find(definition, params, inputs.map(columnOf))
    const outputs = definition.outputs.map((output, k) => {
      const name = definition.outputs.length === 1 ? title : `${title}.${output.name}`
      const column = known?.[k] ?? this.#arena.take(this.#capacity)
      const warmup = wait + output.warmup(params)
      return new Line({
        name,
        owner: this,
        cursor: this.cursor,
        column,
        warmup,
        display: displayFor(definition, k, params),
      })
    })
    if (known !== undefined) return outputs
    const columns = { inputs: inputs.map(columnOf), outputs: outputs.map(columnOf) }
    const kernel = definition.create(columns, params)
    runKernel(kernel, 0, this.#length)
    this.#cache?.keep(definition, params, columns)
    this.#nodes.push({ kernel, renew: () => definition.create(columns, params), columns, inputs, outputs })
    return outputs
  }

  #grow(): void {
    this.#capacity = Math.max(firstCapacity, this.#capacity * 2)
    for (const name of barNames) this.#lengthen(this[name])
    if (this.#localTime !== undefined) this.#lengthen(this.#localTime)
    for (const node of this.#nodes) for (const line of node.outputs) this.#lengthen(line)
    for (const line of this.#adopted) this.#lengthen(line)
    for (const { columns, inputs, outputs } of this.#nodes) {
      columns.inputs.splice(0, inputs.length, ...inputs.map(columnOf))
      columns.outputs.splice(0, outputs.length, ...outputs.map(columnOf))
    }
  }

  #lengthen(line: Line): void {
    const column = new Float64Array(this.#capacity)
    column.set(columnOf(line).subarray(0, this.#length))
    rebindColumn(line, column)
  }
}

/** An operator's result may be a price or anything else: only its values tell. */
function displayFor(definition: IndicatorDefinition, output: number, params: IndicatorParams): LineDisplay | undefined {
  const { draw, shift } = ensureDefined(definition.outputs[output], 'output')
  const { pane, guides, group } = definition
  return group === 'operator' ? undefined : { pane, draw, shift: shift(params), guides }
}

/** E.g. `sma(close, 30)`. */
function titleOf(definition: IndicatorDefinition, params: IndicatorParams, inputs: readonly Line[]): string {
  const parts = [...inputs.map((input) => input.name), ...Object.values(params).map(String)]
  return `${definition.id}(${parts.join(', ')})`
}
