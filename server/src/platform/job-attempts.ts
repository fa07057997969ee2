/** What has become of a job before: how often it failed, and how often a server ended in the middle of it. */
export interface Past {
  failures: number
  interruptions: number
}

/** A job that has failed so often is given up. */
export const failuresAtMost = 3

/** A job in the middle of which a server has ended so often is given up: it may well be what ends them. */
export const interruptionsAtMost = 10

/** From so many interruptions on a job is done only when no other such job is, so that the next end of a server tells them apart. */
const suspectFrom = 2

/** What pg-boss writes behind a job whose worker says nothing any more. */
const heartbeatLost = 'job heartbeat timeout'

/** What it writes behind a job that a server did not want to wait for when it was told to stop. */
const stopped = 'pg-boss shut down'

/** What is known of a job that is taken from the queue: its past and how the last attempt ended. An orderly stop of the server is no fault of a job. */
export function pastOf(past: Past | undefined, lastOutput: unknown): Past {
  const { failures, interruptions } = past ?? { failures: 0, interruptions: 0 }
  const said = lastOutput === null || lastOutput === undefined ? null : JSON.stringify(lastOutput)
  if (said === null || said.includes(stopped)) return { failures, interruptions }
  if (said.includes(heartbeatLost)) return { failures, interruptions: interruptions + 1 }
  return { failures: failures + 1, interruptions }
}

/** Why a job is not begun once more; null for one that is. */
export function givesUp({ failures, interruptions }: Past): 'failures' | 'interruptions' | null {
  if (failures >= failuresAtMost) return 'failures'
  return interruptions >= interruptionsAtMost ? 'interruptions' : null
}

export const isSuspect = ({ interruptions }: Past): boolean => interruptions >= suspectFrom
