/** Weekdays from 2021-01-04 on. */
function* weekdays(count: number): Generator<Date> {
  const day = new Date(Date.UTC(2021, 0, 4))
  for (let made = 0; made < count; day.setUTCDate(day.getUTCDate() + 1)) {
    if (day.getUTCDay() === 0 || day.getUTCDay() === 6) continue
    made += 1
    yield day
  }
}

const germanDate = (day: Date) => day.toISOString().slice(0, 10).split('-').reverse().join('.')
const comma = (value: number) => value.toFixed(2).replace('.', ',')

/** Daily bars as a German bank exports them: semicolons, dd.MM.yyyy, decimal comma. A wave, so that averages cross. */
export function germanDays(count: number): string {
  const lines = ['Datum;Eröffnung;Hoch;Tief;Schluss;Volumen']
  let last = 100
  let at = 0
  for (const day of weekdays(count)) {
    const close = 100 + 20 * Math.sin(at / 25) + at / 20
    const [high, low] = [Math.max(last, close) + 0.8, Math.min(last, close) - 0.7]
    lines.push([germanDate(day), comma(last), comma(high), comma(low), comma(close), String(10_000 + at * 7)].join(';'))
    last = close
    at += 1
  }
  return `${lines.join('\r\n')}\r\n`
}
