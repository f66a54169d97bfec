import { modules } from '../../core/engine/kernel.ts'
import { bundleStrategy } from '../../core/node/strategy/bundle.ts'

/** The module exports of a strategy text, in this realm. */
export async function loadStrategy(text: string): Promise<unknown> {
  const { code } = await bundleStrategy('strategy.ts', async (name) => (name === 'strategy.ts' ? text : undefined))
  const module = { exports: {} }
  new Function('module', 'exports', 'require', code)(module, module.exports, () => modules.tickwright)
  return module.exports
}
