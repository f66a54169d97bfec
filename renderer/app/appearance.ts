import i18next from 'i18next'
import { useStore } from '../state/store.ts'
import type { Preferences } from '../state/types.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

/** The theme that is drawn: the chosen one, or the system's. */
export function drawnTheme(theme: Preferences['theme']): 'dark' | 'light' {
  if (theme === 'system') return dark.matches ? 'dark' : 'light'
  return theme
}

const drawn = ['theme', 'colours', 'density', 'language'] as const satisfies readonly (keyof Preferences)[]

function draw({ theme, colours, density, language }: Preferences): void {
  const root = document.documentElement
  root.dataset.theme = drawnTheme(theme)
  root.dataset.colours = colours
  root.dataset.density = density
  root.lang = language === 'zh' ? 'zh-CN' : 'en'
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

/** Keeps `<html>` and the translations in step with the preferences and with the system's theme. Returns what ends it. */
export function applyAppearance(): () => void {
  const apply = () => draw(useStore.getState())
  apply()
  dark.addEventListener('change', apply)
  // Writing an attribute its own value is heard by observers too: the charts would be redrawn at every change of state.
  const end = useStore.subscribe((now, before) => {
    if (drawn.some((key) => now[key] !== before[key])) apply()
  })
  return () => {
    end()
    dark.removeEventListener('change', apply)
  }
}
