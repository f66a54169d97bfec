import { bridge } from '../bridge.ts'
import { exitModes, type FurtherTarget, type SizedFields, sizeModes } from './order-size.ts'
import { ticketKinds, timesInForce } from './order-ticket.ts'

/** The key under which the service keeps them. */
export const presetsKey = 'ticket.presets'
/** Presets of one instrument. */
export const presetSlots = 4

/** What a preset keeps of a ticket: all but prices, which are of their moment. */
export type Preset = Pick<
  SizedFields,
  'kind' | 'quantity' | 'sizeBy' | 'exitsBy' | 'target' | 'stop' | 'more' | 'breakEven' | 'timeInForce' | 'trailBy'
>

/** What of a ticket is the same at another price. */
export function presetOf(fields: SizedFields): Preset {
  const { kind, quantity, sizeBy, exitsBy, more, breakEven, timeInForce, trailBy } = fields
  const isPrice = exitsBy === 'price'
  return {
    ...{ kind, quantity, sizeBy, exitsBy, trailBy, breakEven, more: isPrice ? [] : more },
    target: isPrice ? Number.NaN : fields.target,
    stop: isPrice || exitsBy === 'r' ? Number.NaN : fields.stop,
    // A date would have passed
    timeInForce: timeInForce === 'gtd' ? 'gtc' : timeInForce,
  }
}

/** The presets of an instrument as they are stored; an empty place is null, as is one that cannot be read. */
export function readPresets(stored: unknown, instrument: string): (Preset | null)[] {
  const all = isRecord(stored) ? stored[instrument] : undefined
  return Array.from({ length: presetSlots }, (_, slot) => readPreset(Array.isArray(all) ? all[slot] : undefined))
}

/** Stores one place of an instrument; other instruments and places stay. */
export async function storePreset(instrument: string, slot: number, preset: Preset): Promise<(Preset | null)[]> {
  const { value } = await bridge().call('settings.get', { key: presetsKey })
  const presets = readPresets(value, instrument).with(slot, preset)
  const stored = { ...(isRecord(value) ? value : {}), [instrument]: presets }
  await bridge().call('settings.set', { key: presetsKey, value: JSON.parse(JSON.stringify(stored)) })
  return presets
}

/** The presets of an instrument, asked of the service. */
export async function loadPresets(instrument: string): Promise<(Preset | null)[]> {
  return readPresets((await bridge().call('settings.get', { key: presetsKey })).value, instrument)
}

function readPreset(stored: unknown): Preset | null {
  if (!isRecord(stored)) return null
  const [kind, sizeBy] = [oneOf(ticketKinds, stored.kind), oneOf(sizeModes, stored.sizeBy)]
  const [exitsBy, timeInForce] = [oneOf(exitModes, stored.exitsBy), oneOf(timesInForce, stored.timeInForce)]
  const quantity = figure(stored.quantity)
  if (kind === undefined || sizeBy === undefined || exitsBy === undefined || timeInForce === undefined) return null
  if (!(quantity > 0)) return null
  const more = (Array.isArray(stored.more) ? stored.more : [])
    .filter(isRecord)
    .map(({ target, percent }): FurtherTarget => ({ target: figure(target), percent: figure(percent) }))
  return {
    ...{ kind, quantity, sizeBy, exitsBy, timeInForce, more, breakEven: stored.breakEven === true },
    ...{ target: figure(stored.target), stop: figure(stored.stop), trailBy: figure(stored.trailBy) },
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** JSON has no NaN: a figure that was not typed is stored as null. */
const figure = (value: unknown) => (typeof value === 'number' ? value : Number.NaN)

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((each) => each === value)
}
