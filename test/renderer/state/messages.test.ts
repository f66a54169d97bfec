import { describe, expect, it } from 'vitest'

type Messages = { readonly [key: string]: string | Messages }

const files = import.meta.glob<Messages>('../../../resources/messages/*/*.json', { eager: true, import: 'default' })

function keysOf(messages: Messages, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  )
}

function textOf(messages: Messages, path: string): string {
  const direct = messages[path]
  if (typeof direct === 'string') return direct
  return String(path.split('.').reduce<unknown>((at, key) => (at as Messages | undefined)?.[key], messages))
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()
}

const namespaces = Object.keys(files)
  .filter((path) => path.includes('/en/'))
  .map((path) => path.split('/').at(-1) ?? '')

function messages(language: string, namespace: string): Messages {
  const path = Object.keys(files).find((file) => file.endsWith(`/${language}/${namespace}`))
  return path === undefined ? {} : (files[path] as Messages)
}

describe('messages', () => {
  it('exist in both languages, file by file', () => {
    const chinese = Object.keys(files).filter((path) => path.includes('/zh/'))
    expect(chinese.map((path) => path.split('/').at(-1)).sort()).toEqual([...namespaces].sort())
    expect(namespaces).toContain('data.json')
  })

  it.each(namespaces)('%s says the same things in English and Chinese', (namespace) => {
    const english = messages('en', namespace)
    const chinese = messages('zh', namespace)
    expect(keysOf(chinese).sort()).toEqual(keysOf(english).sort())
    for (const key of keysOf(english)) {
      expect(textOf(chinese, key), key).not.toBe('')
      // A singular may leave the number out; every other placeholder must be in both.
      const without = (text: string) => placeholders(text).filter((name) => !key.endsWith('_one') || name !== 'count')
      expect(without(textOf(chinese, key)), key).toEqual(without(textOf(english, key)))
    }
  })
})
