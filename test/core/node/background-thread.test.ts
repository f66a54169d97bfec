import os from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'

/** What a thread of its own says of its priority and the process's. */
function priorities(): Promise<{ readonly thread: number; readonly process: number }> {
  const module = new URL('../../../core/node/background-thread.ts', import.meta.url)
  const code = `
    const { parentPort } = require('node:worker_threads')
    const { readlinkSync } = require('node:fs')
    const os = require('node:os')
    import(${JSON.stringify(module.href)}).then(({ yieldToScreens }) => {
      yieldToScreens()
      const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
      parentPort.postMessage({ thread: os.getPriority(thread), process: os.getPriority(process.pid) })
    })`
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

it.runIf(process.platform === 'linux')(
  'a thread that computes yields to the others; the rest of the process does not',
  async () => {
    const before = os.getPriority()
    const told = await priorities()
    expect(told.thread).toBeGreaterThan(before)
    expect(told.process).toBe(before)
  },
)
