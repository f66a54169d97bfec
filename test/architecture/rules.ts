import path from 'node:path'
import { compartmentOf, type Layer, layerOf } from '../../scripts/layers.mjs'
import type { Import, Source } from './source.ts'

/** Longest file without a stated reason. */
export const MAX_LINES = 300

const at = (source: Source, line: number, what: string) => `${source.file}:${line} ${what}`
const isCode = (specifier: string) => /\.tsx?$/.test(specifier)
const isRelative = (specifier: string) => specifier.startsWith('.')

/** Path from the root that a relative import means. */
const target = (source: Source, specifier: string) => path.posix.join(path.posix.dirname(source.file), specifier)

function allowsPackage(layer: Layer, { specifier, typeOnly }: Import): boolean {
  const allowed = [...(layer.packages ?? []), ...(typeOnly ? (layer.typePackages ?? []) : [])]
  if (allowed.includes('*')) return true
  if (specifier.startsWith('node:') && allowed.includes('node:*')) return true
  return allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`))
}

function allowsLayer(layer: Layer, other: Layer, typeOnly: boolean): boolean {
  if (layer.may.includes('*') || layer.may.includes(other.name) || layer.name === other.name) return true
  return typeOnly && (layer.typesOnly?.includes(other.name) ?? false)
}

function refusal(source: Source, layer: Layer, imported: Import): string | undefined {
  const { specifier, typeOnly } = imported
  if (!isRelative(specifier)) return allowsPackage(layer, imported) ? undefined : 'that package is not for this layer'
  const bare = specifier.split('?')[0] ?? specifier
  const file = target(source, bare)
  if (!isCode(bare) || bare !== specifier) {
    if (layer.assets) return undefined
    return isCode(bare) ? undefined : 'only screens and tests import files that are not code'
  }
  const other = layerOf(file)
  if (!other) return 'no layer covers that file'
  if (!allowsLayer(layer, other, typeOnly))
    return layer.typesOnly?.includes(other.name)
      ? `only types may come from ${other.name}`
      : `${other.name} is forbidden`
  const own = compartmentOf(source.file)
  const theirs = compartmentOf(file)
  return own && theirs && own !== theirs ? 'that is another feature' : undefined
}

/** Files that no layer of scripts/layers.mjs covers. */
export function uncovered(sources: readonly Source[]): string[] {
  return sources
    .filter(({ file }) => !layerOf(file))
    .map(({ file }) => `${file} missing definition for this file: put it into a layer's folder, or add a layer`)
}

/** Imports that the layer of the importing file does not allow. */
export function forbiddenImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const layer = layerOf(source.file)
    if (!layer) return []
    return source.imports.flatMap((each) => {
      const why = refusal(source, layer, each)
      return why ? [at(source, each.line, `imports '${each.specifier}': ${why}. ${layer.instead}`)] : []
    })
  })
}

/** Import cycles, type imports included: each as the chain that leads back to its first file. */
export function cycles(sources: readonly Source[]): string[] {
  const known = new Set(sources.map(({ file }) => file))
  const edges = new Map(
    sources.map((source) => [
      source.file,
      source.imports.map(({ specifier }) => target(source, specifier)).filter((file) => known.has(file)),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const walk = (file: string, chain: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push(`${[...chain.slice(chain.indexOf(file)), file].join(' → ')}: move what both need into a third file`)
      return
    }
    state.set(file, 'open')
    for (const next of edges.get(file) ?? []) walk(next, [...chain, file])
    state.set(file, 'done')
  }
  for (const { file } of sources) walk(file, [])
  return found
}

/** Clocks, chance, timers, console and the machine's locale in core outside core/node. */
export function impurity(sources: readonly Source[]): string[] {
  return sources
    .filter(({ file }) => file.startsWith('core/') && !file.startsWith('core/node/'))
    .flatMap((source) =>
      source.impure.map(({ what, line }) =>
        at(source, line, `uses ${what}: core gives the same bytes everywhere; take a Clock, a seed or a port instead`),
      ),
    )
}

const IPC_HOMES: Record<string, RegExp> = {
  ipcMain: /^(electron\/main\/ipc\.ts|test\/.*)$/,
  ipcRenderer: /^(electron\/preload\/.*|test\/.*)$/,
}

/** Raw IPC outside its one home; a namespace import of electron would hide it and is refused too. */
export function rawIpc(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter(({ specifier }) => specifier === 'electron')
      .flatMap(({ names, line, typeOnly }) => {
        const stray = names.filter((name) => IPC_HOMES[name] && !IPC_HOMES[name].test(source.file))
        if (stray.length > 0)
          return [at(source, line, `imports ${stray.join(', ')}: add a channel to core/contract instead`)]
        const hides = names.length === 0 && !typeOnly && !source.file.startsWith('test/')
        return hides ? [at(source, line, 'imports electron as a whole: name what it needs')] : []
      }),
  )
}

/** Files longer than {@link MAX_LINES} whose first line does not say why. */
export function tooLong(sources: readonly Source[]): string[] {
  return sources
    .filter(({ lines, firstLine }) => lines > MAX_LINES && !/^\/\/ Long because \S.{10,}/.test(firstLine))
    .map((source) =>
      at(source, 1, `has ${source.lines} lines: split it, or begin it with "// Long because …" and a good reason`),
    )
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|d|config))?(\.tsx?)?$/

/** Paths that are not kebab-case. */
export function misnamed(sources: readonly Source[]): string[] {
  return sources
    .filter(({ file }) => !file.split('/').every((part) => KEBAB.test(part)))
    .map(({ file }) => `${file} is not kebab-case: rename it like order-ticket.tsx`)
}
