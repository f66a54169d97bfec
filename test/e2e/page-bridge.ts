import type { Page } from '@playwright/test'
import { methodName } from '../../core/contract/request-names.ts'

/** What the preload gives to the page. */
interface PreloadBridge {
  readonly requests: Readonly<Record<string, (takes: unknown) => Promise<Answer>>>
}

type Answer = { readonly ok: true; readonly reply: never } | { readonly ok: false; readonly error: { code: string } }

/** Asks the service over the page's own bridge: for setting a scene, never for what a test is about. */
export async function ask<Reply>(page: Page, request: string, takes: unknown): Promise<Reply> {
  const answer = await page.evaluate(
    ([method, payload]) => {
      const { requests } = (window as unknown as { tickwright: PreloadBridge }).tickwright
      return requests[method as string]?.(payload)
    },
    [methodName(request), takes] as const,
  )
  if (answer?.ok !== true) throw new Error(`${request}: ${answer?.error.code ?? 'no such method'}`)
  return answer.reply
}

/** The value stored under a key. */
export async function setting(page: Page, key: string): Promise<unknown> {
  return (await ask<{ value: unknown }>(page, 'settings.get', { key })).value
}

/** Stores a value under a key. */
export async function storeSetting(page: Page, key: string, value: unknown): Promise<void> {
  await ask(page, 'settings.set', { key, value })
}

/** Writes a strategy into the strategies folder and makes it the chosen one. */
export async function writeStrategy(page: Page, name: string, code: string): Promise<void> {
  await ask(page, 'strategy.save', { name, code })
  await page.getByRole('tab', { name: 'Editor', exact: true }).click()
  await page.getByRole('navigation', { name: 'Strategies' }).getByRole('button', { name }).click()
}
