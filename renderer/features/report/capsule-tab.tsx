import { Copy, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { backtestLine } from '../../state/cli-line.ts'
import { openRunCode } from '../../state/editor-request.ts'
import type { RunDetail } from '../../state/run-types.ts'
import { useVerifications, verifyRun } from '../../state/verification.ts'
import { Button } from '../../ui/button.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { Select } from '../../ui/select.tsx'
import { VerdictBadge } from '../../ui/verdict-badge.tsx'
import { DataChanges } from './data-changes.tsx'
import { Hash } from './report-header.tsx'

/** All that is needed to run it again, with the button that proves it. */
export function CapsuleTab({ detail, zone }: { readonly detail: RunDetail; readonly zone: string }) {
  const { t } = useTranslation('report')
  const { summary, capsule } = detail
  const [source, setSource] = useState(capsule.entry)
  const verification = useVerifications((state) => state.byRun[summary.id])
  return (
    <div className="report-capsule is-selectable">
      <div className="report-toolbar">
        <Button
          icon={ShieldCheck}
          disabled={summary.state !== 'done' || verification?.state === 'running'}
          onClick={() => void verifyRun(summary.id)}
        >
          {t('verify')}
        </Button>
        <VerdictBadge verification={verification} />
        <Button icon={Copy} onClick={() => void navigator.clipboard.writeText(JSON.stringify(capsule, null, 2))}>
          {t('capsule.copy')}
        </Button>
        <Button onClick={() => openRunCode(summary.id)}>{t('openCode')}</Button>
      </div>
      <p className="report-faint">{t('capsule.about')}</p>
      <dl className="report-hashes">
        <dt>{t('capsule.result')}</dt>
        <dd>{capsule.resultHash === null ? '–' : <Hash value={capsule.resultHash} />}</dd>
        <dt>{t('capsule.code')}</dt>
        <dd>
          <Hash value={capsule.codeHash} />
        </dd>
        {capsule.data.map((use) => (
          <DataHash key={use.instrument} name={`${use.instrument} ${use.interval}`} hash={use.hash} />
        ))}
        <dt>{t('capsule.engine')}</dt>
        <dd>
          <code>{capsule.engineBuild}</code>
        </dd>
        <dt>{t('capsule.seed')}</dt>
        <dd>{capsule.config.seed}</dd>
      </dl>
      {capsule.live === undefined && <DataChanges run={summary.id} zone={zone} />}
      <CommandLine line={backtestLine(capsule.config)} />
      <CommandLine line={`tickwright verify ${summary.id}`} />
      <div className="report-source">
        {Object.keys(capsule.sources).length > 1 && (
          <Select
            bare
            label={t('capsule.module')}
            value={source}
            options={Object.keys(capsule.sources).map((name) => ({ value: name, label: name }))}
            onChange={setSource}
          />
        )}
        <pre>
          <code>{capsule.sources[source] ?? ''}</code>
        </pre>
      </div>
    </div>
  )
}

function DataHash({ name, hash }: { readonly name: string; readonly hash: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Hash value={hash} />
      </dd>
    </>
  )
}
