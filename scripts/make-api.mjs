import { writeFileSync } from 'node:fs'
import { API_FILE, apiDeclarations } from './api-declarations.mjs'

writeFileSync(API_FILE, apiDeclarations())
