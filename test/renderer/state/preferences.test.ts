import { describe, expect, it } from 'vitest'
import { defaultPreferences, pickPreferences, readPreferences } from '../../../renderer/state/preferences.ts'

describe('preferences', () => {
  it('starts in Chinese with red up for a trader in mainland China', () => {
    expect(defaultPreferences(['zh-CN', 'en'])).toMatchObject({ language: 'zh', colours: 'cn' })
  })

  it('starts with green up in Hong Kong, in Chinese', () => {
    expect(defaultPreferences(['zh-HK'])).toMatchObject({ language: 'zh', colours: 'us' })
  })

  it('starts with red up in Japan and green up in the US', () => {
    expect(defaultPreferences(['ja-JP']).colours).toBe('cn')
    expect(defaultPreferences(['en-US']).colours).toBe('us')
    expect(defaultPreferences([])).toMatchObject({ language: 'en', theme: 'system' })
  })

  it('keeps what was stored and leaves what it does not understand at its default', () => {
    const defaults = defaultPreferences(['en'])
    expect(readPreferences({ theme: 'light', colours: 'rainbow', zone: 7, extra: true }, defaults)).toEqual({
      ...defaults,
      theme: 'light',
    })
  })

  it.each([null, 'text', 3, []])('falls back to the defaults when %j was stored', (stored) => {
    const defaults = defaultPreferences(['en'])
    expect(readPreferences(stored, defaults)).toEqual(defaults)
  })

  it('stores the preferences and nothing else of the state', () => {
    const state = { ...defaultPreferences(['en']), instrument: 'SPX' }
    expect(Object.keys(pickPreferences(state)).sort()).toEqual(['colours', 'density', 'language', 'theme', 'zone'])
  })
})
