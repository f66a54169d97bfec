import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const { ALLOWED, notices, shippedPackages } = await import('../../scripts/notices.mjs')

test('everything that ships has a licence that may ship', () => {
  const allows = (license: string) =>
    license
      .replace(/[()]/g, '')
      .split(/ OR /)
      .some((choice) => choice.split(/ AND /).every((part) => ALLOWED.includes(part)))
  const refused = shippedPackages().filter(({ license }: { license: string }) => !allows(license))
  expect(refused).toEqual([])
})

test('the notices name what the lock file says today', () => {
  expect(readFileSync(join(import.meta.dirname, '../../THIRD-PARTY-NOTICES.md'), 'utf8')).toBe(notices())
})
