import { setTimeout as sleep } from 'node:timers/promises'
import { type Served, startServer } from '../../../bench/processes.ts'

/**
 * Starts a server on a data directory, lets three writers write over and over again, kills it with SIGKILL at a random moment after
 * something `isTold`, and starts it again with the same settings. Returns the new one, and fails where a writer failed before the kill.
 */
export async function killedWhileWriting(
  directory: string,
  write: (server: Served, writer: number) => Promise<void>,
  isTold: () => boolean,
  settings: Record<string, string> = {},
): Promise<Served> {
  const killed = await startServer(directory, settings)
  const died = new Promise((resolve) => killed.process.once('exit', resolve))
  let isOver = false
  const writers = [0, 1, 2].map(async (writer) => {
    while (!isOver) {
      try {
        await write(killed, writer)
      } catch (error) {
        // What was asked when the server went has no answer.
        if (!isOver) throw error
      }
    }
  })
  try {
    while (!isTold()) await Promise.race([sleep(20), ...writers])
    await Promise.race([sleep(Math.random() * 4_000), ...writers])
  } finally {
    isOver = true
    killed.process.kill('SIGKILL')
    await Promise.all([died, ...writers])
  }
  return startServer(directory, settings)
}
