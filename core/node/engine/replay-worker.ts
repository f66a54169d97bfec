import { parentPort } from 'node:worker_threads'
import { DomainError } from '../../domain/errors.ts'
import type { ManualCommand } from '../../engine/replay/command.ts'
import { Replay, type ReplayStep, type ReplayTableName } from '../../engine/replay/replay.ts'
import type { RunConfig } from '../../engine/run-config.ts'
import { ensureDefined } from '../../lib/assert.ts'
import type { ReplayAnswer } from '../../workstation/replay-port.ts'
import { type Moved, moved, serveCalls } from '../worker-call.ts'

/** A call for one of the open replays. */
export interface ReplayCall {
  readonly replay: string
}

const replays = new Map<string, Replay>()

function found({ replay }: ReplayCall): Replay {
  const open = replays.get(replay)
  if (open === undefined) throw new DomainError('replay.closed', { replay })
  return open
}

function answer(replay: Replay, columns: ReplayAnswer['columns']): Moved<ReplayAnswer> {
  return moved(
    { state: replay.state(), columns },
    Object.values(columns).map(({ buffer }) => buffer),
  )
}

serveCalls(ensureDefined(parentPort, 'the port of the replay worker'), {
  open({ replay, input }: ReplayCall & { readonly input: RunConfig }) {
    const opened = new Replay(input)
    replays.set(replay, opened)
    return answer(opened, opened.bars())
  },
  get(call: ReplayCall) {
    const replay = found(call)
    return answer(replay, replay.bars())
  },
  step({ step, ...call }: ReplayCall & { readonly step: ReplayStep }) {
    const replay = found(call)
    replay.step(step)
    return answer(replay, replay.freshBars())
  },
  act({ command, ...call }: ReplayCall & { readonly command: ManualCommand }) {
    const replay = found(call)
    replay.act(command)
    return replay.state()
  },
  table: ({ name, ...call }: ReplayCall & { readonly name: ReplayTableName }) => found(call).table(name),
  script: (call: ReplayCall) => found(call).script(),
  close(call: ReplayCall) {
    found(call)
    replays.delete(call.replay)
  },
})
