import { bytesOf } from './bytes.ts'
import { compileDateFormat } from './date-format.ts'

export interface DateGuess {
  readonly format: string
  /** False when another reading fits as well (day and month may be exchanged). */
  readonly certain: boolean
}

const datePatterns = [
  ...[
    'yyyy-MM-dd',
    'yyyy/MM/dd',
    'yyyy.MM.dd',
    'yyyyMMdd',
    'MM/dd/yyyy',
    'dd/MM/yyyy',
    'dd.MM.yyyy',
    'dd-MM-yyyy',
    'MM-dd-yyyy',
  ],
  ...['MM/dd/yy', 'dd/MM/yy', 'dd.MM.yy', 'dd-MMM-yyyy', 'dd-MMM-yy', 'dd MMM yyyy', 'MMM dd, yyyy', 'yyyy年MM月dd日'],
]
const timePatterns = ['', 'HH:mm:ss', 'HH:mm', 'HH:mm:ss.SSS', 'HHmmss', 'HHmm', 'HH:mm:ss a', 'HH:mm a']

function matching(texts: readonly string[], formats: readonly string[]): string[] {
  const samples = texts.map(bytesOf)
  const needed = Math.max(1, Math.ceil(samples.length * 0.9))
  return formats.filter((format) => {
    const compiled = compileDateFormat(format)
    if (compiled === undefined) return false
    let misses = samples.length - needed
    return samples.every((bytes) => !Number.isNaN(compiled.date(bytes, 0, bytes.length)) || misses-- > 0)
  })
}

/** The format of a column that holds whole stamps or dates; undefined when it holds none. */
export function inferDate(texts: readonly string[]): DateGuess | undefined {
  const epoch = inferEpoch(texts)
  if (epoch !== undefined) return { format: epoch, certain: true }
  const zones = texts.some((text) => /\d(Z|[+-]\d\d:?\d\d)$/i.test(text) && text.length > 12) ? ['XXX', ' XXX'] : ['']
  const formats = datePatterns.flatMap((date) =>
    timePatterns.flatMap((time) => {
      if (time === '') return [date]
      return zones.flatMap((zone) => [
        `${date} ${time}${zone}`,
        `${date}T${time}${zone}`,
        ...(time === 'HHmmss' ? [`${date}${time}`] : []),
      ])
    }),
  )
  const fits = matching(texts, formats)
  const [first] = fits
  return first === undefined ? undefined : decide(texts, fits)
}

function inferEpoch(texts: readonly string[]): string | undefined {
  if (texts.length === 0 || !texts.every((text) => /^\d{9,19}(\.\d+)?$/.test(text))) return undefined
  const value = Number(texts[0])
  if (value >= 1e8 && value < 5e9) return 'epoch-s'
  if (value >= 1e11 && value < 5e12) return 'epoch-ms'
  if (value >= 1e14 && value < 5e15) return 'epoch-us'
  return value >= 1e17 && value < 5e18 ? 'epoch-ns' : undefined
}

/** Several formats fit: the one that leaves the stamps in order and closest together is right, else it stays a doubt. */
function decide(texts: readonly string[], fits: readonly string[]): DateGuess {
  const scored = fits.map((format) => ({ format, ...spread(texts, format) }))
  const ordered = scored.filter(({ ordered }) => ordered)
  const pool = ordered.length > 0 ? ordered : scored
  const best = pool.reduce((a, b) => (b.width < a.width ? b : a))
  const rival = pool.some((other) => other !== best && other.width === best.width && other.first !== best.first)
  const near = pool.some((other) => other !== best && other.first !== best.first && other.width <= best.width * 2)
  return { format: best.format, certain: !rival && !near }
}

function spread(texts: readonly string[], format: string) {
  const compiled = compileDateFormat(format)
  const times = texts.map((text) => {
    const bytes = bytesOf(text)
    return compiled?.date(bytes, 0, bytes.length) ?? Number.NaN
  })
  const steps = times.slice(1).map((time, index) => time - (times[index] as number))
  const ordered = steps.every((step) => !(step < 0)) || steps.every((step) => !(step > 0))
  const width = steps.reduce((sum, step) => sum + (Number.isNaN(step) ? 0 : Math.abs(step)), 0)
  return { ordered, width, first: times[0] }
}

/** The format of a column that holds times of day (or milliseconds of the day), undefined when it holds none. */
export function inferTime(texts: readonly string[]): string | undefined {
  const wholes = texts.map(Number)
  const formats = timePatterns.slice(1)
  const packed = texts.every((text) => /^\d{1,8}$/.test(text))
  if (!packed)
    return matching(
      texts.map((text) => `2000-01-01 ${text}`),
      formats.map((time) => `yyyy-MM-dd ${time}`),
    )[0]?.slice(11)
  if (texts.every((text) => /^\d{6}$/.test(text))) return 'HHmmss'
  if (texts.every((text) => /^\d{4}$/.test(text))) return 'HHmm'
  return wholes.every((value) => value < 86_400_000) && wholes.some((value) => value > 240_000)
    ? 'ms-of-day'
    : undefined
}
