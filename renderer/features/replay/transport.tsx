import {
  ArrowRightToLine,
  BellRing,
  ChevronsRight,
  FastForward,
  Pause,
  Play,
  RotateCcw,
  Save,
  StepForward,
  X,
} from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDaily } from '../../state/intervals.ts'
import { dayText, parseDay } from '../../state/period.ts'
import { useStore } from '../../state/store.ts'
import type { Instrument } from '../../state/types.ts'
import { fromWallClock } from '../../state/zone-time.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { count, dateTime, zoneFor } from '../../ui/format.ts'
import { Select } from '../../ui/select.tsx'
import { type ReplayConfig, type ReplayState, speeds } from './types.ts'
import { useReplay } from './use-replay.ts'

interface TransportProps {
  readonly record: Instrument
  readonly config: ReplayConfig
  readonly state: ReplayState
}

/** The upper edge: where the replay is, and what makes it go on. */
export function Transport({ record, config, state }: TransportProps) {
  const { t } = useTranslation('replay')
  const desk = useReplay()
  const zone = zoneFor(
    useStore((store) => store.zone),
    record.zone,
  )
  return (
    <div className="replay-transport" role="toolbar" aria-label={t('transport')}>
      <b>{record.id}</b>
      <span className="replay-muted">{config.interval}</span>
      {record.simulated && <span className="tw-badge is-sim">SIM</span>}
      <IconButton icon={RotateCcw} label={t('command.restart')} onClick={() => void desk.restart()} />
      <IconButton
        icon={desk.isPlaying ? Pause : Play}
        pressed={desk.isPlaying}
        label={t(desk.isPlaying ? 'pause' : 'play')}
        disabled={state.ended}
        onClick={() => (desk.isPlaying ? desk.pause() : desk.play())}
      />
      <IconButton icon={StepForward} label={t('step')} disabled={state.ended} onClick={() => void desk.step(1)} />
      <IconButton icon={ChevronsRight} label={t('step10')} disabled={state.ended} onClick={() => void desk.step(10)} />
      <IconButton
        icon={FastForward}
        label={t('nextEvent')}
        disabled={state.ended}
        onClick={() => void desk.nextEvent()}
      />
      <Select
        bare
        label={t('speed')}
        value={String(desk.speed)}
        options={speeds.map((speed) => ({ value: String(speed), label: t('perSecond', { bars: speed }) }))}
        onChange={(text) => useReplay.setState({ speed: speeds.find((speed) => String(speed) === text) ?? 5 })}
      />
      <IconButton
        icon={BellRing}
        label={t('stopsAtEvents')}
        pressed={desk.stopsAtEvents}
        onClick={() => useReplay.setState({ stopsAtEvents: !desk.stopsAtEvents })}
      />
      <JumpField now={state.time} zone={record.zone} isDisabled={state.ended} />
      <output className="replay-now" aria-live="off">
        {state.ended && <span className="tw-badge is-warn">{t('ended')}</span>}
        <span>{t('bars', { bars: count(state.bars) })}</span>
        <b>
          {isDaily(config.interval) ? dateTime(state.time, record.zone, 'day') : dateTime(state.now, zone, 'minute')}
        </b>
      </output>
      <Button variant="primary" icon={Save} disabled={desk.isSaving} onClick={() => void desk.save()}>
        {t('save')}
      </Button>
      <IconButton icon={X} label={t('command.close')} onClick={() => void desk.close()} />
    </div>
  )
}

/** Goes to the last bar that has closed by the beginning of a day. */
function JumpField({
  now,
  zone,
  isDisabled,
}: {
  readonly now: number
  readonly zone: string
  readonly isDisabled: boolean
}) {
  const { t } = useTranslation('replay')
  const [text, setText] = useState('')
  const day = parseDay(text)
  const isAhead = day !== null && fromWallClock(day, zone) > now
  const go = (event: FormEvent) => {
    event.preventDefault()
    if (isAhead) void useReplay.getState().jump(fromWallClock(day, zone))
  }
  return (
    <form className="replay-jump" onSubmit={go}>
      <input
        className="tw-input"
        type="date"
        aria-label={t('jump')}
        value={text}
        min={dayText(now)}
        disabled={isDisabled}
        onChange={(event) => setText(event.target.value)}
      />
      <IconButton icon={ArrowRightToLine} label={t('jumpGo')} type="submit" disabled={!isAhead || isDisabled} />
    </form>
  )
}
