import { rmSync } from 'node:fs'
import { expect, type OpenOptions, openWorkstation, test, type Workstation } from './workstation.ts'

/**
 * One workstation for all tests of a file, for tests that leave it as they found it. Returns what gives it to a test.
 * Each test is checked for faults of the page by itself.
 */
export function sharedWorkstation(options: OpenOptions = {}): () => Workstation {
  let desk: Workstation | undefined
  const current = () => {
    if (desk === undefined) throw new Error('the workstation did not open')
    return desk
  }
  test.beforeAll(async () => {
    desk = await openWorkstation(options)
  })
  test.afterEach(() => {
    expect(current().faults.splice(0), 'errors in the page').toEqual([])
  })
  test.afterAll(async () => {
    if (desk === undefined) return
    await desk.close()
    rmSync(desk.home, { recursive: true, force: true })
  })
  return current
}
