import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The data folder shared by desktop, service and terminal: `TICKWRIGHT_HOME`, else where the platform keeps application data. */
export function homeFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env.TICKWRIGHT_HOME) return resolve(env.TICKWRIGHT_HOME)
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Tickwright')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tickwright')
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tickwright')
}
