import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where what ships with the program lies. */
export interface Places {
  readonly outFolder: string
  /** Messages, templates, sample data. */
  readonly resources: string
  /** Type declarations of the module `tickwright`. */
  readonly api: string
  /** The type checker's `lib.*.d.ts`. */
  readonly typeLibraries: string
  readonly kernel: string
  readonly manifest: string
}

/** Places of a build. An installed app keeps declarations beside its archive: packing leaves `.d.ts` files out of it. */
export function placesOf(outFolder: string): Places {
  const root = dirname(outFolder)
  const installed = root.endsWith('app.asar')
  const beside = dirname(root)
  const resources = join(root, 'resources')
  return {
    outFolder,
    resources,
    api: installed ? join(beside, 'api', 'tickwright.d.ts') : join(resources, 'api', 'tickwright.d.ts'),
    typeLibraries: installed
      ? join(beside, 'typescript-lib')
      : dirname(createRequire(import.meta.url).resolve('typescript6')),
    kernel: join(outFolder, 'kernel', 'kernel.js'),
    manifest: join(root, 'package.json'),
  }
}
