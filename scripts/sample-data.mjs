// The bundled sample: S&P 500 days, taken from the pinned development dependency rather than kept in the repository.
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from './bootstrap.mjs'

const FROM = path.join(ROOT, 'node_modules/vega-datasets/data/sp500-2000.csv')
const TO = path.join(ROOT, 'resources/sample-data/sp500-2000.csv')

/** Puts the sample where the app reads it; leaves an equal file alone, so that a build is not out of date for nothing. */
export function ensureSampleData() {
  const wanted = fs.readFileSync(FROM)
  if (fs.existsSync(TO) && fs.readFileSync(TO).equals(wanted)) return
  fs.mkdirSync(path.dirname(TO), { recursive: true })
  fs.writeFileSync(TO, wanted)
}
