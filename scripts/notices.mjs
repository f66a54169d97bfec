// THIRD-PARTY-NOTICES.md: everything that a package of ours contains or is built into it, with licences.
// `node scripts/notices.mjs` writes the file; test/scripts/notices.test.ts fails when it is out of date.
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from './bootstrap.mjs'

/** Bundled by Vite, hence not in `dependencies`; their own dependencies are found through the lock file. */
const BUNDLED = [
  ...['react', 'react-dom', 'zustand', 'zod', 'csv-parse', 'lightweight-charts', 'uplot', 'dockview-react'],
  ...['monaco-editor', 'cmdk', 'radix-ui', 'tinykeys', 'i18next', 'react-i18next', 'lucide-react'],
  ...['@tanstack/react-virtual'],
  ...[
    'fastify',
    '@fastify/helmet',
    '@fastify/rate-limit',
    '@fastify/websocket',
    '@fastify/static',
    'pino',
    'prom-client',
  ],
  ...['kysely', 'mysql2', 'pg', 'pg-copy-streams', '@influxdata/influxdb-client'],
  ...['hyparquet', 'hyparquet-writer', 'hyparquet-compressors', '@stoqey/ib', 'ws'],
  ...['nodemailer', 'p-queue', 'p-retry', 'liquidjs'],
]

/** Licences that may ship (06, section 5, S7). */
export const ALLOWED = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MPL-2.0',
  '0BSD',
  'CC0-1.0',
  'BlueOak-1.0.0',
]

const BESIDE = `
## Beside the npm packages

- **Electron** (MIT) with Chromium and Node.js: \`LICENSES.chromium.html\` lies beside the program.
- **FFmpeg** (LGPL-2.1-or-later) as the separate library \`libffmpeg\` of Electron.
- **SQLite** (public domain) inside better-sqlite3.
- **TradingView Lightweight Charts™**, Copyright © 2025 TradingView, Inc. https://www.tradingview.com/ — the attribution is shown on the chart.
- **S&P 500 daily prices 2000–2020** from the package vega-datasets (BSD-3-Clause), which names Yahoo Finance as its source.
`

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'))

/** Packages reachable from the direct ones, as the lock file resolves them: name → {version, license}. */
export function shippedPackages(root = ROOT) {
  const { packages } = readJson(path.join(root, 'package-lock.json'))
  const direct = [...Object.keys(readJson(path.join(root, 'package.json')).dependencies), ...BUNDLED]
  const found = new Map()
  const visit = (name, from) => {
    const key = resolve(packages, name, from)
    if (key === undefined || found.has(key)) return
    const entry = packages[key]
    found.set(key, { name: entry.name ?? name, version: entry.version, license: licenseOf(root, key, entry) })
    for (const dependency of Object.keys(entry.dependencies ?? {})) visit(dependency, key)
  }
  for (const name of direct) visit(name, '')
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Node's resolution over the lock file: the nearest node_modules upwards. */
function resolve(packages, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const key = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages[key] !== undefined) return key
    if (folder === '') return undefined
  }
}

function licenseOf(root, key, entry) {
  if (typeof entry.license === 'string') return entry.license
  const manifest = path.join(root, key, 'package.json')
  return fs.existsSync(manifest) ? (readJson(manifest).license ?? 'unknown') : 'unknown'
}

/** The whole file. */
export function notices(root = ROOT) {
  const rows = shippedPackages(root).map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`)
  return `# Third-party notices

Tickwright itself is MIT (LICENSE). It contains the following; each package carries its licence text.

| Package | Version | Licence |
|---|---|---|
${rows.join('\n')}
${BESIDE}`
}

if (process.argv[1] === import.meta.filename) fs.writeFileSync(path.join(ROOT, 'THIRD-PARTY-NOTICES.md'), notices())
