// The layers of the house (DESIGN section 2): which folder may import what. An allow-list: what is not named is
// forbidden, and a file that no layer covers is an error. test/architecture.test.ts enforces it.
// Loosening a line here needs a decision record in docs/decisions.

/**
 * @typedef {object} Layer
 * @property {string} name unique; layers name each other by it
 * @property {RegExp} files paths from the repository root that belong to the layer
 * @property {readonly string[]} may layers whose files it may import; its own are always allowed
 * @property {readonly string[]} [typesOnly] layers from which only types may come
 * @property {readonly string[]} [packages] npm packages and built-ins; `node:*` means every built-in, `*` everything
 * @property {readonly string[]} [typePackages] npm packages from which only types may come
 * @property {boolean} [assets] whether it may import styles, texts and other files that are not code
 * @property {string} instead what to do instead of a forbidden import
 */

const WORDS = ['core/lib', 'core/domain']
const PURE = [
  ...[
    'core/indicators',
    'core/futures',
    'core/broker',
    'core/stores',
    'core/reports',
    'core/notifications',
    'core/alerts',
  ],
  ...['core/data', 'core/engine', 'core/blotter', 'core/contract'],
]
const UI_PACKAGES = [
  ...['react', 'react-dom', 'i18next', 'react-i18next', 'zustand', 'radix-ui', 'lucide-react', 'cmdk', 'tinykeys'],
  ...['@tanstack/react-virtual'],
]

/** A folder of core that knows the words and nothing else. */
const leaf = (folder) => ({
  name: `core/${folder}`,
  files: new RegExp(`^core/${folder}/`),
  may: WORDS,
  instead: `core/${folder} knows core/lib and core/domain only: take what it needs as a parameter or a port, and let core/engine or core/workstation.ts join the parts.`,
})

/** @type {readonly Layer[]} */
export const LAYERS = [
  {
    name: 'core/lib',
    files: /^core\/lib\//,
    may: [],
    instead: 'core/lib knows nothing about trading and imports nothing: move the code to core/domain or higher.',
  },
  {
    name: 'core/domain',
    files: /^core\/domain\//,
    may: ['core/lib'],
    instead: 'The words of trading stand alone: move code that needs more into the folder whose job it is.',
  },
  ...['indicators', 'futures', 'broker', 'stores', 'reports', 'notifications'].map(leaf),
  {
    name: 'core/data',
    files: /^core\/data\//,
    may: [...WORDS, 'core/stores', 'core/futures'],
    instead: 'Data does not know who reads it: declare a port here and implement it in core/node or core/engine.',
  },
  {
    name: 'core/engine',
    files: /^core\/engine\//,
    may: [...WORDS, 'core/indicators', 'core/futures', 'core/data', 'core/broker', 'core/reports'],
    instead: 'The engine is pure: stores, files, clocks and workers come in through ports from core/node.',
  },
  {
    name: 'core/alerts',
    files: /^core\/alerts\//,
    may: [...WORDS, 'core/indicators'],
    instead: 'Alerts judge columns: what reads bars, listens and tells people is in core/workstation/alerts.',
  },
  {
    name: 'core/blotter',
    files: /^core\/blotter\//,
    may: [...WORDS, 'core/data', 'core/stores', 'core/futures'],
    instead: 'The blotter moves data; it knows neither engine nor broker. Join them in core/workstation.ts.',
  },
  {
    name: 'core/contract',
    files: /^core\/contract\//,
    may: WORDS,
    packages: ['zod'],
    instead: 'The contract is schemas and words: map a type of another layer to a schema where it is served.',
  },
  {
    name: 'core/workstation',
    files: /^core\/workstation(\.ts$|\/)/,
    may: [...WORDS, ...PURE],
    typePackages: ['zod'],
    instead: 'Composition takes ports: build what touches Node in core/node and pass it in.',
  },
  {
    name: 'core/node',
    files: /^core\/node\//,
    may: [...WORDS, ...PURE, 'core/workstation'],
    packages: [
      ...['node:*', 'zod', 'better-sqlite3', 'esbuild', 'typescript6', 'csv-parse', 'pino', 'vega-datasets'],
      ...['fastify', '@fastify/helmet', '@fastify/rate-limit', '@fastify/websocket', '@fastify/static', 'prom-client'],
      ...['kysely', 'kysely/migration', 'mysql2', 'mysql2/promise', 'pg', 'pg-copy-streams'],
      ...['@influxdata/influxdb-client', 'hyparquet', 'hyparquet-writer', 'hyparquet-compressors'],
      ...['zeromq', 'ccxt', '@stoqey/ib', 'ws', 'nodemailer', 'p-queue', 'p-retry', 'liquidjs'],
    ],
    instead:
      'core/node also runs headless: windows belong to electron/, screens to renderer/; a new package needs its line here.',
  },
  {
    name: 'electron/preload',
    files: /^electron\/preload\//,
    may: ['core/contract'],
    packages: ['electron'],
    instead: 'The preload only exposes the contract: do the work in electron/main and add a channel for it.',
  },
  {
    name: 'electron/main',
    files: /^electron\/(main\/|boot\.ts$)/,
    may: [...WORDS, 'core/contract', 'core/workstation', 'core/node'],
    packages: ['electron', 'node:*'],
    instead: 'Main opens windows and passes messages: business lives in core, screens in renderer.',
  },
  {
    name: 'resources/strategies',
    files: /^resources\/strategies\//,
    may: [],
    packages: ['tickwright'],
    instead: 'A bundled strategy uses what a user has: the strategy API (`tickwright`) alone.',
  },
  {
    name: 'resources/api',
    files: /^resources\/api\//,
    may: [],
    instead: 'The declarations that a strategy sees stand alone: a user has nothing else.',
  },
  {
    name: 'renderer/text',
    files: /^renderer\/text\//,
    may: WORDS,
    packages: ['i18next'],
    instead: 'Sentences from the catalogue: values come in, a text goes out; no state, no elements.',
  },
  {
    name: 'renderer/ui',
    files: /^renderer\/ui\//,
    may: [...WORDS, 'renderer/text'],
    packages: UI_PACKAGES,
    assets: true,
    instead: 'UI parts are handed values and callbacks; a feature or renderer/state fetches them.',
  },
  {
    name: 'renderer/chart',
    files: /^renderer\/chart\//,
    may: [...WORDS, 'renderer/ui'],
    typesOnly: ['core/contract'],
    packages: [...UI_PACKAGES, 'lightweight-charts', 'fancy-canvas', 'uplot'],
    assets: true,
    instead: 'The chart draws columns that it is given; renderer/features/chart fetches them.',
  },
  {
    name: 'renderer/bridge',
    files: /^renderer\/bridge(-[a-z-]+)?\.ts$/,
    may: [...WORDS, 'core/contract'],
    instead: 'The bridge carries the contract and nothing else.',
  },
  {
    name: 'renderer/state',
    files: /^renderer\/state\//,
    may: [...WORDS, 'renderer/bridge', 'renderer/text'],
    typesOnly: ['core/contract'],
    typePackages: ['zod'],
    packages: UI_PACKAGES,
    assets: true,
    instead: 'State is a replica of the service: ask it through the bridge; what a screen shows belongs to a feature.',
  },
  {
    name: 'renderer/features',
    files: /^renderer\/features\/[a-z0-9-]+\//,
    may: [...WORDS, 'renderer/text', 'renderer/ui', 'renderer/chart', 'renderer/state', 'renderer/bridge'],
    typesOnly: ['core/contract'],
    packages: [...UI_PACKAGES, 'uplot', 'monaco-editor'],
    assets: true,
    instead: 'A feature never imports another feature: share through renderer/state, renderer/ui or renderer/chart.',
  },
  {
    name: 'renderer/app',
    files: /^renderer\/(app\/|main\.tsx$)/,
    may: [
      ...[...WORDS, 'renderer/text', 'renderer/ui', 'renderer/chart'],
      ...['renderer/state', 'renderer/bridge', 'renderer/features'],
    ],
    typesOnly: ['core/contract'],
    packages: [...UI_PACKAGES, 'dockview-react'],
    assets: true,
    instead: 'The window knows the engine through the contract alone: add a channel and call the bridge.',
  },
  {
    name: 'renderer/types',
    files: /^renderer\/[a-z-]+\.d\.ts$/,
    may: [...WORDS, 'core/contract'],
    packages: ['vite/client'],
    instead: 'Ambient declarations describe the window; code belongs into a layer.',
  },
  {
    name: 'test',
    files: /^test\//,
    may: ['*'],
    packages: ['*'],
    assets: true,
    instead: 'Tests may import anything.',
  },
]

/** The layer of a file, or undefined when no rule covers it. */
export const layerOf = (file) => LAYERS.find((layer) => layer.files.test(file))

/** The folder inside a layer that nobody else may import: a feature's own. */
export const compartmentOf = (file) => /^renderer\/features\/[^/]+\//.exec(file)?.[0]
