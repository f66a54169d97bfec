/** What `core/engine/kernel.ts` exports. */
export type Kernel = typeof import('../engine/kernel.ts')
export type KernelInput = Omit<Parameters<Kernel['runBacktest']>[0], 'strategyExports' | 'progress' | 'onFailure'>
type KernelAnswer = ReturnType<Kernel['runBacktest']>
export type KernelResult = Omit<KernelAnswer, 'resultBytes' | 'equity'> & {
  readonly equity: ReturnType<KernelAnswer['equity']['columns']>
  readonly resultHash: string
}
