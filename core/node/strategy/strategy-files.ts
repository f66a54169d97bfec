import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DomainError } from '../../domain/errors.ts'
import type { StrategyFilesPort } from '../../workstation/ports.ts'

/** The strategies folder of the data folder, and the templates that came with the app. */
export function createStrategyFiles(folder: string, templateFolder: string): StrategyFilesPort {
  const pathOf = (name: string) => join(folder, name)
  const templates = async () => {
    const names = (await readdir(templateFolder)).filter((name) => name.endsWith('.ts')).sort()
    return Promise.all(names.map((name) => readTemplate(templateFolder, name)))
  }
  return {
    async list() {
      await mkdir(folder, { recursive: true })
      const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()
      return Promise.all(names.map((name) => describeFile(folder, name)))
    },
    async read(name) {
      const code = await readExisting(pathOf(name), name)
      return { code, updatedAt: (await stat(pathOf(name))).mtimeMs }
    },
    async write(name, code) {
      await mkdir(folder, { recursive: true })
      await writeWhole(pathOf(name), code)
      return { updatedAt: (await stat(pathOf(name))).mtimeMs }
    },
    async create(name, code) {
      await mkdir(folder, { recursive: true })
      if (await exists(pathOf(name))) throw new DomainError('strategy.exists', { name })
      await writeWhole(pathOf(name), code)
    },
    async rename(name, to) {
      if (!(await exists(pathOf(name)))) throw new DomainError('strategy.unknown', { name })
      if (await exists(pathOf(to))) throw new DomainError('strategy.exists', { name: to })
      await rename(pathOf(name), pathOf(to))
    },
    async delete(name) {
      if (!(await exists(pathOf(name)))) throw new DomainError('strategy.unknown', { name })
      await rm(pathOf(name))
    },
    templates,
    origin: (name) => ({ kind: 'folder', folder, entry: name }),
    async originOf(path) {
      const whole = resolve(path)
      if (!(await exists(whole))) throw new DomainError('strategy.unknown', { name: path })
      return { kind: 'folder', folder: dirname(whole), entry: basename(whole) }
    },
  }
}

/** Puts the templates into an empty strategies folder, so that a first start has something to run. */
export async function installTemplates(files: StrategyFilesPort): Promise<void> {
  if ((await files.list()).length > 0) return
  for (const { id, code } of await files.templates()) await files.create(`${id}.ts`, code)
}

/** Temporary file and rename: a crash leaves the old text or the new. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeFile(temporary, text)
    await rename(temporary, path)
  } catch (failure) {
    await rm(temporary, { force: true })
    const code = (failure as NodeJS.ErrnoException).code
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new DomainError('store.full', { path }, { cause: failure })
    throw failure
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function readExisting(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (failure) {
    throw new DomainError('strategy.unknown', { name }, { cause: failure })
  }
}

async function describeFile(folder: string, name: string) {
  const path = join(folder, name)
  const [{ mtimeMs, size }, code] = await Promise.all([stat(path), readFile(path, 'utf8')])
  return { name, title: titleOf(code, name), updatedAt: mtimeMs, size }
}

/** The first line's comment, `// Title` or `// English | 中文`; else the file's name. */
function titleOf(code: string, name: string): string {
  const title = /^\/\/\s*(.+)/.exec(code)?.[1]?.split('|')[0]?.trim()
  return title === undefined || title === '' ? name.replace(/\.ts$/, '') : title
}

async function readTemplate(folder: string, file: string) {
  const code = await readFile(join(folder, file), 'utf8')
  const [english, chinese] = (/^\/\/\s*(.+)/.exec(code)?.[1] ?? file).split('|').map((part) => part.trim())
  return { id: file.replace(/\.ts$/, ''), title: { en: english ?? file, zh: chinese ?? english ?? file }, code }
}
