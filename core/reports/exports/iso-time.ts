import { civilDate } from '../civil-date.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `2024-03-02` of a moment, UTC. */
export function isoDay(time: number): string {
  const { year, month, day } = civilDate(time)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** `2024-03-02T14:30:00Z`, with milliseconds where there are some. */
export function isoTime(time: number): string {
  const ofDay = time - Math.floor(time / 86_400_000) * 86_400_000
  const seconds = Math.floor(ofDay / 1000)
  const rest = Math.floor(ofDay - seconds * 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${isoDay(time)}T${clock}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}Z`
}
