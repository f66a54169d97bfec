import { readCashFlow, readInstrumentCommission, readPastFill } from '../../core/domain/run-notation.ts'
import type { BrokerSettings, Commission } from './run-types.ts'

/** Settings of the broker that are lists, written a line each in the terminal's words. */
export const listedSettings = ['commissions', 'cashFlows', 'history'] as const
export type ListedSetting = (typeof listedSettings)[number]
/** The lists as they are typed. */
export type TypedLists = Readonly<Record<ListedSetting, string>>

/** A list as typed: the part of the settings that it gives, and the first line (from 1) that cannot be read. */
export interface ReadLines {
  readonly settings: Pick<BrokerSettings, ListedSetting>
  readonly badLine: number | null
}

/** Reads a list as it is typed; lines that cannot be read are left out and the first of them is named. */
export function readLines(setting: ListedSetting, text: string): ReadLines {
  const lines = text.split('\n').map((line) => line.trim())
  const bad = lines.findIndex((line) => line !== '' && readers[setting](line) === undefined)
  const sound = lines.filter((line) => line !== '' && readers[setting](line) !== undefined)
  return {
    settings: { [setting]: sound.length === 0 ? undefined : listOf(setting, sound) },
    badLine: bad < 0 ? null : bad + 1,
  }
}

const readers = { cashFlows: readCashFlow, history: readPastFill, commissions: readInstrumentCommission } as const

function listOf(setting: ListedSetting, lines: readonly string[]): unknown {
  if (setting !== 'commissions') return lines.map((line) => readers[setting](line))
  return Object.fromEntries(
    lines.flatMap((line) => {
      const read = readInstrumentCommission(line)
      return read === undefined ? [] : [[read.instrument, read.commission]]
    }),
  )
}

/** The settings that typed lists give; empty ones give none. */
export function listedSettingsOf(lists: TypedLists): BrokerSettings {
  const read = listedSettings.map((setting) => readLines(setting, lists[setting]).settings)
  return Object.fromEntries(
    read.flatMap((settings) => Object.entries(settings)).filter(([, value]) => value !== undefined),
  )
}

/** Settings without their lists, and the lists as text. */
export function splitLists(broker: BrokerSettings): { readonly broker: BrokerSettings; readonly lists: TypedLists } {
  const { commissions: _, cashFlows: __, history: ___, ...rest } = broker
  const text = (setting: ListedSetting) => writeLines(setting, broker)
  return {
    broker: rest,
    lists: { commissions: text('commissions'), cashFlows: text('cashFlows'), history: text('history') },
  }
}

/** The lines that read back as these settings. */
function writeLines(setting: ListedSetting, broker: BrokerSettings): string {
  if (setting === 'cashFlows') {
    return (broker.cashFlows ?? []).map(({ time, amount }) => `${moment(time)}=${amount}`).join('\n')
  }
  if (setting === 'history') {
    const fills = broker.history ?? []
    return fills.map(({ time, instrument, size, price }) => `${moment(time)},${instrument},${size},${price}`).join('\n')
  }
  return Object.entries(broker.commissions ?? {})
    .map(([instrument, commission]) => `${instrument}=${commissionWord(commission)}`)
    .join('\n')
}

function moment(time: number): string {
  const text = new Date(time).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

/** A commission in the terminal's words; leverage and interest of one instrument have none. */
export function commissionWord(commission: Commission): string {
  switch (commission.kind) {
    case 'none':
      return 'none'
    case 'percent':
      return `percent:${commission.rate}`
    case 'fixed':
      return `fixed:${commission.perUnit}`
    case 'futures':
      return `futures:${commission.perContract},${commission.margin},${commission.multiplier}`
  }
}
