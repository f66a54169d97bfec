import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { barFileProblem } from '../bench/bar-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'bar-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

function problemWith(bytes: number): string | undefined {
  const path = join(folder, `${bytes}.f64`)
  writeFileSync(path, new Uint8Array(bytes))
  return barFileProblem(path)
}

test('a bar file holds whole bars of six columns', () => {
  expect(problemWith(96)).toBeUndefined()
  expect(problemWith(0)).toMatch(/0 bytes: not six Float64 columns/)
  expect(problemWith(100)).toMatch(/100 bytes: not six Float64 columns/)
})

test('a misspelt benchmark beside files is named, not left out in silence', () => {
  expect(barFileProblem(join(folder, 'W9'))).toMatch(/no benchmark and no bar file “.*W9”/)
  expect(barFileProblem(folder)).toMatch(/no bar file/)
})
