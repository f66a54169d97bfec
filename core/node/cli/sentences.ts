import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toWireError } from '../../contract/wire-error.ts'
import { errorSentence } from '../../domain/error-sentence.ts'

export type Language = 'en' | 'zh'

/** The terminal's language: LC_ALL, LC_MESSAGES, LANG. */
export function terminalLanguage(env: NodeJS.ProcessEnv): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return locale.startsWith('zh') ? 'zh' : 'en'
}

/** The user's sentence for a failure, from the same catalogue that the window uses. */
export function sentence(failure: unknown, resources: string, language: Language): string {
  const { code, data } = toWireError(failure)
  const messages = messagesOf(resources, language)
  return errorSentence(code, data, (key) => messages[key])
}

/** Words of the catalogue of failures, in the terminal's language; undefined when there are none under the key. */
export function message(key: string, resources: string): string | undefined {
  return messagesOf(resources, terminalLanguage(process.env))[key]
}

function messagesOf(resources: string, language: Language): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(resources, 'messages', language, 'errors.json'), 'utf8'))
}
