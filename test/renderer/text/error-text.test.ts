import { beforeAll, describe, expect, it } from 'vitest'
import { DomainError } from '../../../core/domain/errors.ts'
import { startI18n } from '../../../renderer/state/i18n.ts'
import { errorText } from '../../../renderer/text/error-text.ts'

beforeAll(() => {
  startI18n('en')
})

describe('the sentence of a failure', () => {
  it('names the place and the next step', () => {
    expect(errorText(new DomainError('instrument.unknown', { instrument: 'XYZ' }))).toMatch(/XYZ.*Data panel/)
  })

  it('is the same for an error that came over the wire', () => {
    const wire = { code: 'import.empty', data: { path: '/tmp/a.csv' } }
    expect(errorText(wire)).toBe(errorText(new DomainError('import.empty', { path: '/tmp/a.csv' })))
  })

  it('follows the language', () => {
    startI18n('zh')
    expect(errorText(new DomainError('store.full', {}))).toMatch(/磁盘/)
    startI18n('en')
  })

  it('does not hide what it does not know', () => {
    expect(errorText(new Error('socket hang up'))).toContain('socket hang up')
  })
})
