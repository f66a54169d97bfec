import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Name of the file in out/main → its source. Workers and the CLI are files of their own, sharing chunks. */
const MAIN_ENTRIES = {
  boot: 'electron/boot.ts',
  index: 'electron/main/index.ts',
  cli: 'core/node/cli/main.ts',
  'store-worker': 'core/node/store/store-worker.ts',
  'engine-worker': 'core/node/engine/engine-worker.ts',
  'replay-worker': 'core/node/engine/replay-worker.ts',
  'live-worker': 'core/node/live/live-worker.ts',
  'live-ledger-worker': 'core/node/live/live-ledger-worker.ts',
  'trial-worker': 'core/node/engine/trial-worker.ts',
  'compile-worker': 'core/node/strategy/compile-worker.ts',
  'import-worker': 'core/node/import/import-worker.ts',
  'backup-worker': 'core/node/backup/backup-worker.ts',
}
const PRELOAD_ENTRIES = { preload: 'electron/preload/index.ts' }
const RENDERER_ENTRIES = { index: 'renderer/index.html' }

/** Absolute paths of the entries that exist: a layer can be built alone before the ones above it are written. */
function present(entries: Record<string, string>): Record<string, string> {
  const absolute = Object.entries(entries).map(
    ([name, source]) => [name, resolve(import.meta.dirname, source)] as const,
  )
  return Object.fromEntries(absolute.filter(([, source]) => existsSync(source)))
}

const main = present(MAIN_ENTRIES)
const preload = present(PRELOAD_ENTRIES)
const renderer = present(RENDERER_ENTRIES)
const some = (entries: Record<string, string>) => Object.keys(entries).length > 0

/** The strategy kernel has its own build: vite.kernel.config.ts. */
export default defineConfig({
  ...(some(main) && {
    main: {
      build: {
        outDir: 'out/main',
        sourcemap: true,
        externalizeDeps: true,
        rollupOptions: {
          input: main,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
  }),
  ...(some(preload) && {
    preload: {
      build: {
        outDir: 'out/preload',
        sourcemap: true,
        // A sandboxed preload must be one CommonJS file.
        externalizeDeps: false,
        rollupOptions: { input: preload, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
      },
    },
  }),
  ...(some(renderer) && {
    renderer: {
      root: 'renderer',
      plugins: [react()],
      build: { outDir: 'out/renderer', sourcemap: true, minify: true, rollupOptions: { input: renderer } },
      worker: { format: 'es' },
    },
  }),
})
