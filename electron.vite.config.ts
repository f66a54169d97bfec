import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = (path: string) => resolve(import.meta.dirname, path)

/** Name of the file in out/main → its source. A source that does not exist is left out of the build. */
const MAIN_ENTRIES: Record<string, string> = {
  boot: 'electron/boot.ts',
  index: 'electron/main/index.ts',
  cli: 'core/node/cli/main.ts',
  'store-worker': 'core/node/store/store-worker.ts',
  'engine-worker': 'core/node/engine/engine-worker.ts',
  'compile-worker': 'core/node/strategy/compile-worker.ts',
  'import-worker': 'core/node/import/import-worker.ts',
}

const present = (entries: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(([, source]) => existsSync(here(source)))
      .map(([name, source]) => [name, here(source)]),
  )

/** The strategy kernel has its own build: vite.kernel.config.ts. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      externalizeDeps: true,
      rollupOptions: {
        input: present(MAIN_ENTRIES),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      sourcemap: true,
      // A sandboxed preload must be one CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: here('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      sourcemap: true,
      minify: true,
      rollupOptions: { input: { index: here('renderer/index.html') } },
    },
    worker: { format: 'es' },
  },
})
