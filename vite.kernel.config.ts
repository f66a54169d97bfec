import { isBuiltin } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/** The kernel runs in a realm without a module loader, so a single import left over would only fail there. */
function refuseImports(): Plugin {
  return {
    name: 'tickwright:one-script',
    enforce: 'pre',
    // vite would quietly put an empty module in place of a Node built-in
    resolveId(id, importer) {
      if (isBuiltin(id)) this.error(`${importer} imports ${id}; the kernel runs without Node`)
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const left = [...chunk.imports, ...chunk.dynamicImports]
        if (left.length > 0)
          this.error(`${chunk.fileName} still imports ${left.join(', ')}; the kernel must be one script`)
        if (/\brequire\s*\(|\bimport\s*\(/.test(chunk.code))
          this.error(`${chunk.fileName} calls require() or import(); the kernel must be one script`)
      }
    },
  }
}

/** The strategy kernel: engine and strategy API as one script that defines the global `TickwrightKernel`. */
export default defineConfig({
  publicDir: false,
  plugins: [refuseImports()],
  build: {
    outDir: 'out/kernel',
    target: 'es2024',
    sourcemap: true,
    // Stack traces of strategies show kernel frames; they must be readable, and size does not matter here.
    minify: false,
    lib: {
      entry: resolve(import.meta.dirname, 'core/engine/kernel.ts'),
      formats: ['iife'],
      name: 'TickwrightKernel',
      fileName: () => 'kernel.js',
    },
  },
})
