import { setSourceMapsEnabled } from 'node:process'

// Must run before the modules whose stacks it maps are loaded.
setSourceMapsEnabled(true)
void import('./main/index.ts')
