import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import vm from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { ensureDefined } from '../../lib/assert.ts'
import type { CompiledStrategy, StrategyOrigin } from '../../workstation/ports.ts'
import { serveCalls } from '../worker-call.ts'
import { bundleStrategy } from './bundle.ts'
import { openKeptChecks, type SourceCheck } from './kept-checks.ts'
import { mapFailure, openRealm } from './strategy-realm.ts'
import { createTypeChecker, type TypeChecker } from './type-check.ts'

export interface CompileWorkerData {
  readonly kernelPath: string
  readonly apiPath: string
  readonly libFolder: string
  /** Where the outcome of checks is kept. */
  readonly checksFolder: string
}

const { kernelPath, apiPath, libFolder, checksFolder } = workerData as CompileWorkerData
const apiDeclarations = readFileSync(apiPath, 'utf8')
const kernelText = readFileSync(kernelPath, 'utf8')
const kernelScript = new vm.Script(kernelText, { filename: 'tickwright-kernel.js' })
const keptChecks = openKeptChecks(checksFolder, [apiDeclarations, kernelText])
let checker: TypeChecker | undefined

async function bundle(origin: StrategyOrigin): Promise<CompiledStrategy> {
  return bundleStrategy(origin.entry, (name) => readModule(origin, name))
}

async function readModule(origin: StrategyOrigin, name: string): Promise<string | undefined> {
  if (origin.kind === 'sources') return origin.sources[name]
  try {
    return await readFile(join(origin.folder, name), 'utf8')
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw failure
  }
}

async function checked(compiled: CompiledStrategy): Promise<SourceCheck> {
  // Loading the compiler takes a second: not for what was checked before
  const known = keptChecks.find(compiled)
  if (known !== undefined) return known
  checker ??= createTypeChecker(apiDeclarations, libFolder)
  const { mayKeepState } = await import('./module-state.ts')
  const check = { problems: checker.check(compiled), keepsState: mayKeepState(compiled.sources) }
  keptChecks.keep(compiled, check)
  return check
}

function describe(compiled: CompiledStrategy) {
  const realm = openRealm(kernelScript, compiled, 0)
  try {
    // Through JSON: objects of the realm must not outlive it here.
    return JSON.parse(JSON.stringify(realm.kernel.describeStrategy(realm.strategyExports))) as ReturnType<
      typeof realm.kernel.describeStrategy
    >
  } catch (failure) {
    throw mapFailure(failure, compiled)
  }
}

serveCalls(ensureDefined(parentPort, 'the port of the compile worker'), {
  /** Loads the compiler's libraries before the user waits for them. */
  warm: () => {
    checker ??= createTypeChecker(apiDeclarations, libFolder)
    checker.check({
      entry: 'warm.ts',
      sources: { 'warm.ts': "import { Strategy } from 'tickwright'\nexport default class extends Strategy {}\n" },
    })
  },
  bundle,
  check: async (origin: StrategyOrigin) => {
    const compiled = await bundle(origin)
    return { bundle: compiled, ...(await checked(compiled)), ...describe(compiled) }
  },
  types: async (origin: StrategyOrigin) => (await checked(await bundle(origin))).problems,
})
