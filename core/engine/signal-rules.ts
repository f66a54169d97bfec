/**
 * What a signal means; its value is read on every bar (01 section 12.5). `inverted` turns the sign, `any` takes every
 * value but 0.
 */
export const signalKinds = [
  'none',
  'long-short',
  'long',
  'long-inverted',
  'long-any',
  'short',
  'short-inverted',
  'short-any',
  'long-exit',
  'long-exit-inverted',
  'long-exit-any',
  'short-exit',
  'short-exit-inverted',
  'short-exit-any',
] as const
/** One of the fourteen kinds of signal. */
export type SignalKind = (typeof signalKinds)[number]

/** What the signals of one instrument ask for, in this order; closing and opening in one bar turns a position round. */
export interface SignalDecision {
  readonly close: boolean
  /** 1 buy, −1 sell. */
  readonly opens: readonly (1 | -1)[]
}

export interface SignalRules {
  /** True: signals may add to a position that is open. */
  readonly accumulates: boolean
  /** True: an `any` signal that entered also leaves on any value. */
  readonly upstream: boolean
}

type Values = Readonly<Partial<Record<SignalKind, readonly number[]>>>

const nothing: SignalDecision = { close: false, opens: [] }

/** Decides for a position of `size` from the values of the signals by kind (SG-01, SG-02). */
export function decideSignals(values: Values, size: number, rules: SignalRules): SignalDecision {
  const long = sideOf(values, 'long', 1, rules)
  const short = sideOf(values, 'short', -1, rules)
  if (size === 0) return flatDecision(long, short)
  return size > 0 ? heldDecision(long, short, 1, rules) : heldDecision(short, long, -1, rules)
}

interface Side {
  /** The long-short signal points this way. */
  readonly both: boolean
  readonly enters: boolean
  readonly exits: boolean
  /** Its own entry signal has turned. */
  readonly leaves: boolean
  /** Exit signals exist: then nothing else but the long-short signal closes. */
  readonly hasExits: boolean
}

function sideOf(values: Values, name: 'long' | 'short', sign: 1 | -1, { upstream }: SignalRules): Side {
  const test = (kind: SignalKind, fits: (value: number) => boolean) => all(values[kind], fits)
  const up = (value: number) => value * sign > 0
  const down = (value: number) => value * sign < 0
  const any = (value: number) => value !== 0 && !Number.isNaN(value)
  const gone = (value: number) => value === 0
  const exit = `${name}-exit` as const
  return {
    both: test('long-short', up),
    enters: test(name, up) || test(`${name}-inverted`, down) || test(`${name}-any`, any),
    exits: test(exit, down) || test(`${exit}-inverted`, up) || test(`${exit}-any`, any),
    leaves: test(name, down) || test(`${name}-inverted`, up) || test(`${name}-any`, upstream ? any : gone),
    hasExits: [exit, `${exit}-inverted`, `${exit}-any`].some((kind) => (values[kind as SignalKind]?.length ?? 0) > 0),
  }
}

/** All signals of a kind must agree; a kind without signals says nothing. */
function all(values: readonly number[] | undefined, fits: (value: number) => boolean): boolean {
  return values !== undefined && values.length > 0 && values.every(fits)
}

function flatDecision(long: Side, short: Side): SignalDecision {
  if (long.both || long.enters) return { close: false, opens: [1] }
  return short.both || short.enters ? { close: false, opens: [-1] } : nothing
}

function heldDecision(own: Side, other: Side, sign: 1 | -1, { accumulates }: SignalRules): SignalDecision {
  const turns = other.both || (!own.hasExits && other.enters)
  const adds = accumulates && (own.both || own.enters)
  const close = turns || own.exits || (!own.hasExits && own.leaves)
  const against = sign === 1 ? -1 : 1
  return { close, opens: [...(turns ? ([against] as const) : []), ...(adds ? [sign] : [])] }
}
