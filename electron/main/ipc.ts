import {
  type BrowserWindow,
  type IpcMainInvokeEvent,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
} from 'electron'
import { type Payload, requestNames, type TopicName, topicNames } from '../../core/contract/contract.ts'
import type { WireColumns } from '../../core/contract/define.ts'
import { type MethodAnswer, type PortMessage, partLength, portTag } from '../../core/contract/port-messages.ts'
import { toWireError } from '../../core/contract/wire-error.ts'
import { DomainError } from '../../core/domain/errors.ts'
import { callService, replyParts, type Service } from '../../core/node/call-service.ts'
import { pageOrigin } from './security.ts'

/**
 * The only file that touches ipcMain: sender check, schema check, call, wire errors, columns over the window's port.
 * Calls wait for a service that is still starting, so that the page can load meanwhile.
 */
export function serveWindows(starting: Promise<Service>): { attach(window: BrowserWindow): void } {
  const ports = new Map<number, MessagePortMain>()
  let lastToken = 0

  for (const name of requestNames) {
    ipcMain.handle(`tickwright:${name}`, async (event, takes: unknown): Promise<MethodAnswer> => {
      try {
        assertOwnPage(event)
        const { reply, columns } = replyParts(name, await callService(await starting, name, takes))
        if (columns === null) return { ok: true, reply, columns: 0 }
        const port = ports.get(event.sender.id)
        if (port === undefined) throw new DomainError('internal', { message: 'the window has no port yet' })
        const token = ++lastToken
        void sendColumns(port, token, columns)
        return { ok: true, reply, columns: token }
      } catch (failure) {
        return { ok: false, error: toWireError(failure) }
      }
    })
  }

  const forward = (name: TopicName) => (payload: Payload<TopicName>) => {
    for (const port of ports.values()) port.postMessage({ kind: 'topic', name, payload } satisfies PortMessage)
  }
  starting.then(
    (service) => {
      for (const name of topicNames) service.subscribe(name, forward(name))
    },
    // Whoever started the service says why it could not.
    () => undefined,
  )

  return {
    attach(window) {
      const { webContents } = window
      const { id } = webContents
      webContents.on('did-finish-load', () => {
        ports.get(id)?.close()
        const { port1, port2 } = new MessageChannelMain()
        port1.start()
        ports.set(id, port1)
        webContents.postMessage(portTag, null, [port2])
      })
      webContents.once('destroyed', () => {
        ports.get(id)?.close()
        ports.delete(id)
      })
    },
  }
}

/** The documented host comparison lets `http:` through: the whole origin must match, and only a top frame may call. */
function assertOwnPage(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame
  if (frame === null || frame.parent !== null || frame.origin !== pageOrigin()) {
    throw new DomainError('service.unauthorised', { origin: frame?.origin ?? '' })
  }
}

async function sendColumns(port: MessagePortMain, token: number, columns: WireColumns): Promise<void> {
  for (const [name, column] of Object.entries(columns)) {
    for (let offset = 0; offset < column.length || offset === 0; offset += partLength) {
      // slice copies out of shared memory, which a port refuses to clone.
      const part = new Float64Array(column.subarray(offset, offset + partLength))
      port.postMessage({ kind: 'columns', token, name, length: column.length, offset, part } satisfies PortMessage)
      if (column.length > partLength) await new Promise((next) => setImmediate(next))
    }
  }
  port.postMessage({ kind: 'columns-end', token } satisfies PortMessage)
}
