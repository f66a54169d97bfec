import { errorText } from '../text/error-text.ts'
import type { NoticeState, Slice } from './state.ts'
import type { Notice } from './types.ts'
import { askIfLocked } from './vault-lock.ts'

const keptNotices = 50

let noticeSequence = 0

/** Toasts, and the last notice in the status bar. */
export const noticeSlice: Slice<NoticeState> = (set, get) => ({
  notices: [],
  toasts: [],
  notify(input) {
    const repeated = get().notices.find(
      (notice) => get().toasts.includes(notice.id) && notice.text === input.text && notice.severity === input.severity,
    )
    if (repeated !== undefined) return
    noticeSequence += 1
    const notice: Notice = { ...input, id: noticeSequence }
    set((state) => ({
      notices: [...state.notices, notice].slice(-keptNotices),
      toasts: [...state.toasts, notice.id].slice(-4),
    }))
  },
  notifyError(error) {
    if (!askIfLocked(error)) get().notify({ severity: 'error', text: errorText(error) })
  },
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast !== id) })),
})
