import { expect, test } from 'vitest'
import { controlFile, parseArguments } from '../../scripts/fpm.mjs'

const ARGV = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libgtk-3-0 | libgtk-3-0t64', '-d', 'libnss3', '--name', 'tickwright'],
  ...['--version', '0.1.0', '--architecture', 'amd64', '--description', 'A workstation\n  Trade by rule.\n\nOffline.'],
  ...['--maintainer', 'Team <team@tickwright.invalid>', '/build/linux-unpacked/=/opt/Tickwright'],
]

test('the command line of electron-builder is understood', () => {
  const { options, mappings } = parseArguments(ARGV)
  expect(options).toMatchObject({ s: 'dir', t: 'deb', force: true, name: 'tickwright' })
  expect(options.d).toEqual(['libgtk-3-0 | libgtk-3-0t64', 'libnss3'])
  expect(mappings).toEqual([['/build/linux-unpacked/', '/opt/Tickwright']])
})

test('the control file leaves empty fields out and indents the long description', () => {
  expect(controlFile(parseArguments(ARGV).options, 1234)).toBe(
    [
      'Package: tickwright',
      'Version: 0.1.0',
      'Architecture: amd64',
      'Maintainer: Team <team@tickwright.invalid>',
      'Installed-Size: 1234',
      'Depends: libgtk-3-0 | libgtk-3-0t64, libnss3',
      'Section: misc',
      'Priority: optional',
      'Description: A workstation',
      ' Trade by rule.',
      ' .',
      ' Offline.',
      '',
    ].join('\n'),
  )
})
