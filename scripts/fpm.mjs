#!/usr/bin/env node
// Stand-in for `fpm`, which electron-builder would download from GitHub: understands the arguments that electron-builder
// passes and builds a .deb with dpkg-deb. scripts/run.mjs hands it over as CUSTOM_FPM_PATH.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const FLAGS = new Set(['force', 'debug'])
const LISTS = new Set(['d', 'deb-recommends'])
const MAINTAINER_SCRIPTS = {
  'before-install': 'preinst',
  'after-install': 'postinst',
  'before-remove': 'prerm',
  'after-remove': 'postrm',
}

/** Splits fpm's command line into options and `source=target` pairs. */
export function parseArguments(argv) {
  const options = { d: [], 'deb-recommends': [] }
  const mappings = []
  for (let i = 0; i < argv.length; i++) {
    const name = /^--?([a-z-]+)$/.exec(argv[i])?.[1]
    if (!name) {
      const split = argv[i].lastIndexOf('=')
      mappings.push([argv[i].slice(0, split), argv[i].slice(split + 1)])
    } else if (FLAGS.has(name)) options[name] = true
    else if (LISTS.has(name)) options[name].push(argv[++i])
    else options[name] = argv[++i]
  }
  return { options, mappings }
}

/** The text of DEBIAN/control. `kilobytes` is the installed size. */
export function controlFile(options, kilobytes) {
  const [synopsis, ...long] = (options.description ?? '').split('\n').map((line) => line.trim())
  const fields = [
    ['Package', options.name],
    ['Version', options.iteration ? `${options.version}-${options.iteration}` : options.version],
    ['License', options.license],
    ['Vendor', options.vendor],
    ['Architecture', options.architecture === 'x86_64' ? 'amd64' : options.architecture],
    ['Maintainer', options.maintainer],
    ['Installed-Size', kilobytes],
    ['Depends', options.d.join(', ')],
    ['Recommends', options['deb-recommends'].join(', ')],
    ['Section', options.category ?? 'misc'],
    ['Priority', options['deb-priority'] ?? 'optional'],
    ['Homepage', options.url],
    ['Description', [synopsis || options.name, ...long.map((line) => ` ${line || '.'}`)].join('\n')],
  ]
  const lines = fields.filter(([, value]) => value !== undefined && value !== '')
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`
}

function stage(root, mappings) {
  fs.chmodSync(root, 0o755) // becomes "./" in the archive
  for (const [source, target] of mappings) {
    const to = path.join(root, target)
    fs.mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
    // hard links where possible: no second copy of 300 MB
    const linked = spawnSync('cp', ['-al', source.endsWith('/') ? `${source}.` : source, to])
    if (linked.status === 0) continue
    fs.rmSync(to, { recursive: true, force: true })
    fs.cpSync(source, to, { recursive: true, verbatimSymlinks: true })
  }
}

function checksums(root) {
  let bytes = 0
  const lines = fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const content = fs.readFileSync(file)
      bytes += Math.ceil(content.length / 1024) * 1024
      return `${createHash('md5').update(content).digest('hex')}  ${path.relative(root, file)}\n`
    })
  return { text: lines.join(''), kilobytes: Math.ceil(bytes / 1024) }
}

function buildDeb(root, options) {
  const { text, kilobytes } = checksums(root)
  const folder = path.join(root, 'DEBIAN')
  fs.mkdirSync(folder, { mode: 0o755 })
  fs.writeFileSync(path.join(folder, 'control'), controlFile(options, kilobytes))
  fs.writeFileSync(path.join(folder, 'md5sums'), text)
  for (const [option, name] of Object.entries(MAINTAINER_SCRIPTS)) {
    if (!options[option]) continue
    fs.copyFileSync(options[option], path.join(folder, name))
    fs.chmodSync(path.join(folder, name), 0o755)
  }
  // xz would be 8 % smaller and ten times slower
  const args = [
    '--root-owner-group',
    '-Zzstd',
    `-z${process.env.TICKWRIGHT_DEB_LEVEL ?? '9'}`,
    '--build',
    root,
    options.package,
  ]
  const result = spawnSync('dpkg-deb', args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.status !== 0) throw new Error(`dpkg-deb failed: ${result.error?.message ?? result.status}`)
}

function main(argv) {
  const { options, mappings } = parseArguments(argv)
  if (options.s !== 'dir' || options.t !== 'deb')
    throw new Error(`scripts/fpm.mjs builds -s dir -t deb, not -s ${options.s} -t ${options.t}`)
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'tickwright-deb-'))
  try {
    stage(root, mappings)
    buildDeb(root, options)
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href)
  main(process.argv.slice(2))
