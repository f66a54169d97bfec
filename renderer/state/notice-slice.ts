import { errorText } from '../ui/error-text.ts'
import type { Slice } from './slice.ts'
import type { Notice, NoticeInput } from './types.ts'

const keptNotices = 50

/** What was said to the user. */
export interface NoticeState {
  /** Notices of this session, oldest first, at most 50. */
  notices: Notice[]
  /** Ids of the notices still on the screen as toasts. */
  toasts: number[]
  notify(notice: NoticeInput): void
  /** Says the sentence of a failure. */
  notifyError(error: unknown): void
  dismiss(id: number): void
}

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
  notifyError: (error) => get().notify({ severity: 'error', text: errorText(error) }),
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast !== id) })),
})
