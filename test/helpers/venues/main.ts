import { parseArgs } from 'node:util'
import { startStandInExchange } from './stand-in-exchange.ts'
import { startStandInTws } from './stand-in-tws.ts'

const about = `Stand-ins that speak the protocols of venues on loopback, with invented prices:

  npm run stand-in -- exchange [--port 9100]   Binance's spot protocol; a source's "gateway" is http://127.0.0.1:9100
  npm run stand-in -- tws [--port 7497]        Trader Workstation of Interactive Brokers
`

const { positionals, values } = parseArgs({ allowPositionals: true, options: { port: { type: 'string' } } })
const [venue] = positionals

if (venue === 'exchange') {
  const { url } = await startStandInExchange({ port: Number(values.port ?? 9100) })
  process.stdout.write(`exchange (binance) at ${url}; Ctrl-C ends it\n`)
} else if (venue === 'tws') {
  const { port } = await startStandInTws({ port: Number(values.port ?? 7497) })
  process.stdout.write(`TWS at 127.0.0.1:${port}; Ctrl-C ends it\n`)
} else {
  process.stderr.write(about)
  process.exitCode = 2
}
