import { createHash } from 'node:crypto'
import type { Kernel, KernelResult } from '../../workstation/ports.ts'
import { type Moved, moved } from '../worker-call.ts'

/** A result as it leaves its thread: without a copy, with the hash of its bytes. */
export function movedResult({
  resultBytes,
  equity,
  ...result
}: ReturnType<Kernel['runBacktest']>): Moved<KernelResult> {
  const resultHash = createHash('sha256').update(resultBytes()).digest('hex')
  const answer: KernelResult = { ...result, equity: equity.columns(), resultHash }
  return moved(answer, buffersOf(answer))
}

/** Every distinct ArrayBuffer in the answer: results reach the caller without a copy. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (Object.prototype.toString.call(value.buffer) === '[object ArrayBuffer]') found.add(value.buffer as ArrayBuffer)
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found)
  }
  return [...found]
}
