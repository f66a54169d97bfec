import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type MethodAnswer, type PreloadApi, portTag } from '../../core/contract/port-messages.ts'
import { methodName, requestNameList } from '../../core/contract/request-names.ts'

const requests = Object.fromEntries(
  requestNameList.map((name) => [
    methodName(name),
    (takes: unknown): Promise<MethodAnswer> => ipcRenderer.invoke(`tickwright:${name}`, takes),
  ]),
)

const api: PreloadApi = { requests, pathOf: (file) => webUtils.getPathForFile(file as File) }
contextBridge.exposeInMainWorld('tickwright', api)

// A MessagePort cannot cross contextBridge; the page listens for it from its first module on.
ipcRenderer.on(portTag, (event) => window.postMessage(portTag, window.location.origin, event.ports))
