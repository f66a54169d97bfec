/** The first line of standard input. */
export async function readSecret(): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8').split(/\r?\n/)[0] ?? ''
}
