import type { Verb } from './verb.ts'
import { accountVerb } from './verbs/account.ts'
import { alertVerb } from './verbs/alert.ts'
import { analyzersVerb, analyzeVerb } from './verbs/analyze.ts'
import { archiveVerb } from './verbs/archive.ts'
import { backtestVerb } from './verbs/backtest.ts'
import { backupVerb } from './verbs/backup.ts'
import { blotterVerb } from './verbs/blotter.ts'
import { calendarsVerb } from './verbs/calendars.ts'
import { callVerb } from './verbs/call.ts'
import { compareVerb } from './verbs/compare.ts'
import { continuousVerb } from './verbs/continuous.ts'
import { dataVerb } from './verbs/data.ts'
import { explainVerb } from './verbs/explain.ts'
import { exportVerb } from './verbs/export.ts'
import { futuresVerb } from './verbs/futures.ts'
import { importVerb } from './verbs/import.ts'
import { indicatorsVerb, indicatorVerb } from './verbs/indicator.ts'
import { liveVerb, replayVerb } from './verbs/live.ts'
import { metricsVerb } from './verbs/metrics.ts'
import { notifyVerb } from './verbs/notify.ts'
import { optimiseVerb } from './verbs/optimise.ts'
import { reportVerb } from './verbs/report.ts'
import { resampleVerb } from './verbs/resample.ts'
import { runsVerb, runVerb } from './verbs/runs.ts'
import { serveVerb } from './verbs/serve.ts'
import { storeVerb } from './verbs/store.ts'
import { stressVerb } from './verbs/stress.ts'
import { ticksVerb } from './verbs/ticks.ts'
import { verifyVerb } from './verbs/verify.ts'
import { walkForwardVerb } from './verbs/walkforward.ts'

/** Every verb of the terminal. `call` reaches each request of the contract, so nothing is for the window alone. */
export const verbs: readonly Verb[] = [
  importVerb,
  exportVerb,
  dataVerb,
  ticksVerb,
  calendarsVerb,
  backtestVerb,
  optimiseVerb,
  walkForwardVerb,
  runsVerb,
  runVerb,
  verifyVerb,
  explainVerb,
  compareVerb,
  stressVerb,
  analyzeVerb,
  analyzersVerb,
  reportVerb,
  indicatorVerb,
  indicatorsVerb,
  metricsVerb,
  resampleVerb,
  continuousVerb,
  futuresVerb,
  blotterVerb,
  liveVerb,
  replayVerb,
  accountVerb,
  notifyVerb,
  alertVerb,
  storeVerb,
  archiveVerb,
  backupVerb,
  callVerb,
  serveVerb,
]
