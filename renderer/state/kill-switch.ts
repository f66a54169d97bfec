import { create } from 'zustand'

/** Whether the kill switch is shown; it can be asked for from anywhere. */
export const useKillSwitch = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }))

export function openKillSwitch(): void {
  useKillSwitch.setState({ isOpen: true })
}

export function closeKillSwitch(): void {
  useKillSwitch.setState({ isOpen: false })
}
