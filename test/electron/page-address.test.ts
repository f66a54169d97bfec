import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../core/node/page-policy.ts'
import { fileOf, isAllowedExternal } from '../../electron/main/page-address.ts'

const root = join('/opt', 'tickwright', 'renderer')

describe('the app protocol (E16)', () => {
  test('serves files below its root and nothing else', () => {
    expect(fileOf('app://tickwright/', root)).toBe(join(root, 'index.html'))
    expect(fileOf('app://tickwright/assets/index.js', root)).toBe(join(root, 'assets', 'index.js'))
  })

  test.each([
    'app://tickwright/%2e%2e/secret',
    'app://tickwright/..%2f..%2fetc/passwd',
    'app://tickwright/a%00.js',
    'app://tickwright/..%5c..%5csecret',
    'app://other/index.html',
    'http://tickwright/index.html',
    'app://tickwright/%E0%A4%A',
    'not an address',
  ])('refuses %s', (address) => {
    const file = fileOf(address, root)
    expect(file === undefined || file.startsWith(root)).toBe(true)
    if (!address.includes('%2e%2e')) expect(file).toBeUndefined()
  })
})

describe('links that leave the app (E12)', () => {
  test.each(['https://www.tradingview.com/', 'https://github.com/x'])('%s opens in the browser', (address) => {
    expect(isAllowedExternal(address)).toBe(true)
  })
  test.each([
    'http://github.com/',
    'https://github.com.evil.example/',
    'https://user:pass@github.com/',
    'https://github.com:8443/',
    'file:///etc/passwd',
    'smb://server/share',
    'javascript:alert(1)',
    'ms-settings:',
    '//github.com',
    '',
  ])('%s does not', (address) => {
    expect(isAllowedExternal(address)).toBe(false)
  })
})

test('the page may run only its own scripts (E7)', () => {
  const policy = Object.fromEntries(
    contentSecurityPolicy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
  )
  expect(policy['default-src']).toBe("'none'")
  expect(policy['script-src']).toBe("'self'")
  expect(policy['object-src']).toBe("'none'")
  expect(policy['require-trusted-types-for']).toBe("'script'")
})
