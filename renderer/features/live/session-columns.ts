import type { TFunction } from 'i18next'
import { count, duration, money, quantity, ratioPercent, signedMoney } from '../../ui/format.ts'
import type { Column, Tone } from '../../ui/table.tsx'
import type { LiveSession } from './use-live.ts'

/** Silence after which a running session is looked at with doubt, ms. */
export const silentMs = 15_000

/** Gain and loss by their sign. */
export function toneOf(value: number | null): Tone | undefined {
  if (value === null || Math.abs(value) < 0.005) return undefined
  return value > 0 ? 'profit' : 'loss'
}

/** What has been won so far, open positions included; null when nothing is known. */
export function profitOf({ status }: LiveSession): number | null {
  return status === null ? null : status.realised + status.unrealised
}

/** What has been won since the day began. */
export function dayProfitOf({ status }: LiveSession): number | null {
  return status === null ? null : status.equity - status.dayEquity
}

/** One line of positions: `SIM-A 10, SIM-B −5`. */
export function positionsText({ status }: LiveSession, flat: string): string {
  const held = status?.positions.filter(({ size }) => size !== 0) ?? []
  if (status !== null && held.length === 0) return flat
  return held.map(({ instrument, size }) => `${instrument} ${quantity(size)}`).join(', ')
}

/** Strategy, state, money, position, and how fresh all that is. */
export function sessionColumns(sessions: readonly LiveSession[], now: number, t: TFunction<'live'>): Column[] {
  const of = (row: number) => sessions[row] as LiveSession
  const sum = (id: string, value: (session: LiveSession) => number | null): Column => ({
    ...{ id, title: t(`column.${id}`), width: 82, align: 'right' },
    text: (row) => signedMoney(value(of(row))),
    value: (row) => value(of(row)),
    tone: (row) => toneOf(value(of(row))),
  })
  const silence = (row: number) => {
    const { heardAt, state } = of(row)
    return heardAt === null || state !== 'running' ? null : Math.max(0, now - heardAt)
  }
  return [
    {
      ...{ id: 'name', title: t('column.name'), width: '1fr', minWidth: 88 },
      text: (row) => of(row).name,
      value: (row) => of(row).name,
    },
    {
      ...{ id: 'state', title: t('column.state'), width: 72 },
      text: (row) => t(isPaused(of(row)) ? 'state.paused' : `state.${of(row).state}`),
      value: (row) => of(row).state,
      tone: (row) => stateTone(of(row)),
    },
    {
      ...{ id: 'account', title: t('column.account'), width: 74 },
      text: (row) => (of(row).account === 'paper' ? t('paper') : of(row).account),
      value: (row) => of(row).account,
      tone: (row) => (of(row).account === 'paper' ? 'muted' : 'live'),
    },
    sum('profit', profitOf),
    sum('day', dayProfitOf),
    {
      ...{ id: 'equity', title: t('column.equity'), width: 98, align: 'right' },
      text: (row) => money(of(row).status?.equity ?? null),
      value: (row) => of(row).status?.equity ?? null,
    },
    {
      ...{ id: 'drawdown', title: t('column.drawdown'), width: 70, align: 'right' },
      text: (row) => ratioPercent(negative(of(row).status?.drawdown ?? null)),
      value: (row) => of(row).status?.drawdown ?? null,
    },
    {
      ...{ id: 'positions', title: t('column.positions'), width: '1fr', minWidth: 96 },
      text: (row) => positionsText(of(row), t('flat')),
      value: (row) => positionsText(of(row), ''),
    },
    {
      ...{ id: 'orders', title: t('column.orders'), width: 54, align: 'right' },
      text: (row) => count(of(row).status?.orders.length ?? null),
      value: (row) => of(row).status?.orders.length ?? null,
    },
    {
      ...{ id: 'fills', title: t('column.fills'), width: 48, align: 'right' },
      text: (row) => count(of(row).status?.counts.fills ?? null),
      value: (row) => of(row).status?.counts.fills ?? null,
    },
    {
      ...{ id: 'age', title: t('column.age'), about: t('column.ageAbout'), width: 54, align: 'right' },
      text: (row) => duration(silence(row)),
      value: silence,
      tone: (row) => ((silence(row) ?? 0) > silentMs ? 'warn' : 'muted'),
    },
  ]
}

function isPaused({ state, status }: LiveSession): boolean {
  return state === 'running' && status?.paused === true
}

function stateTone(session: LiveSession): Tone | undefined {
  if (session.state === 'failed') return 'error'
  if (session.state === 'stopped') return 'muted'
  return isPaused(session) || session.state === 'restoring' ? 'warn' : 'accent'
}

function negative(value: number | null): number | null {
  return value === null ? null : -value
}
