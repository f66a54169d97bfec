import { SourceMap, type SourceMapPayload } from 'node:module'
import vm from 'node:vm'
import { type ErrorCode, errorCodes } from '../../domain/error-codes.ts'
import { DomainError, type ErrorData } from '../../domain/errors.ts'
import type { CompiledStrategy, Kernel } from '../../workstation/ports.ts'

/** A fresh realm with the kernel and one strategy in it. */
export interface StrategyRealm {
  readonly kernel: Kernel
  /** The strategy's module exports, to be handed back to the kernel. */
  readonly strategyExports: unknown
  /**
   * The strategy's exports for another run, with its chance from the beginning: as in a new realm, but with the kernel
   * warm. The module itself is run once more unless it keeps nothing, which also keeps its compiled code. Undefined
   * when the strategy left something in the global object: only a new realm is clean then.
   */
  again(keepsState: boolean): unknown
}

const strategyFile = 'strategy.js'
const evaluationLimitMs = 2_000

/**
 * Own strategies run in a context without process, require, timers or network (DESIGN 6). It keeps honest code
 * deterministic; it is no wall against hostile code, which is for the isolated cell.
 * The kernel lives inside the realm: calls across realms cost 14 % and hand out host functions (06, 1.2).
 *
 * Top-level code is stopped after two seconds, promises included: the realm has a queue of microtasks of its own, so
 * a promise that never settles can hang neither this thread nor the next strategy that it serves.
 */
export function openRealm(kernelScript: vm.Script, bundle: CompiledStrategy, seed: number): StrategyRealm {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' }) as vm.Context
  const reseed = vm.runInContext(determinism(seed), context, { filename: 'determinism.js' }) as () => void
  kernelScript.runInContext(context)
  const kernel = vm.runInContext('TickwrightKernel', context) as Kernel
  try {
    const load = new vm.Script(`${beforeModule}${bundle.code}${afterModule}`, { filename: strategyFile })
    const evaluate = () => load.runInContext(context, { timeout: evaluationLimitMs }) as unknown
    const globals = () => vm.runInContext('Object.getOwnPropertyNames(globalThis).length', context) as number
    const before = globals()
    const strategyExports = evaluate()
    const again = (keepsState: boolean) => {
      if (globals() !== before) return undefined
      reseed()
      return keepsState ? evaluate() : strategyExports
    }
    return { kernel, strategyExports, again }
  } catch (failure) {
    throw mapFailure(failure, bundle)
  }
}

/**
 * A CommonJS frame made inside the realm, so that `module` and `require` lead to nothing of the host. No line break
 * before the code: its lines stay as the source map counts them.
 */
const beforeModule = '((module) => { ((module, exports, require) => {'
const afterModule =
  '\n})(module, module.exports, () => TickwrightKernel.modules.tickwright); return module.exports })({ exports: {} })'

/** Reading a clock or unseeded chance would make two runs differ: the first says so, the second is seeded. */
function determinism(seed: number): string {
  return `(() => {
    let state = ${seed >>> 0}
    Math.random = () => {
      state = (state + 0x6d2b79f5) >>> 0
      let t = state
      t = Math.imul(t ^ (t >>> 15), t | 1)
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
    const RealDate = Date
    const noClock = () => { throw new Error('a strategy has no wall clock: use this.now, the time of the bar') }
    globalThis.Date = class Date extends RealDate {
      constructor(...parts) { if (parts.length === 0) noClock(); super(...parts) }
      static now() { return noClock() }
    }
    for (const name of ['WebAssembly', 'WeakRef', 'FinalizationRegistry', 'console']) {
      delete globalThis[name]
    }
    return () => { state = ${seed >>> 0} }
  })()`
}

/** A failure from inside the realm as a DomainError of ours whose place is in the user's text. */
export function mapFailure(failure: unknown, bundle: CompiledStrategy): DomainError {
  const inner = failure as {
    name?: string
    code?: string
    data?: ErrorData
    message?: string
    stack?: string
    cause?: unknown
  }
  if (inner?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
    return new DomainError('strategy.endless', { file: bundle.entry, bars: 0, seconds: evaluationLimitMs / 1000 })
  const designed = inner?.name === 'DomainError' && errorCodes.includes(inner.code as ErrorCode)
  const thrower = (designed ? inner.cause : inner) as { stack?: string; message?: string } | undefined
  const place = userPlace(thrower?.stack ?? inner?.stack, bundle)
  if (designed) return new DomainError(inner.code as ErrorCode, { ...place, ...inner.data })
  return new DomainError('strategy.exception', { ...place, message: String(inner?.message ?? failure) })
}

function userPlace(
  stack: string | undefined,
  bundle: CompiledStrategy,
): { file: string; line: number; column: number } {
  const frame = new RegExp(`${strategyFile.replace('.', '\\.')}:(\\d+):(\\d+)`).exec(stack ?? '')
  if (frame === null) return { file: bundle.entry, line: 0, column: 0 }
  const map = new SourceMap(JSON.parse(bundle.map) as SourceMapPayload)
  // The wrapper adds nothing before the first line break, so only columns of line 1 are shifted.
  const entry = map.findEntry(Number(frame[1]) - 1, Number(frame[2]) - 1)
  if (!('originalSource' in entry)) return { file: bundle.entry, line: 0, column: 0 }
  return {
    file: entry.originalSource.replace(/^user:/, ''),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  }
}
