/** Runs a work of an owner when its turn has come; answers null, and runs nothing, where that owner has one already. */
export type Turns = <Result>(owner: string, work: () => Promise<Result>) => Promise<Result | null>

/**
 * Lets `atATime` works run at the same time, one of each owner at most. The others wait for their turn in the order in which
 * they came, and hold nothing meanwhile.
 */
export function turns(atATime: number): Turns {
  const owners = new Set<string>()
  const waiting: (() => void)[] = []
  let running = 0
  return async (owner, work) => {
    if (owners.has(owner)) return null
    owners.add(owner)
    if (running < atATime) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      owners.delete(owner)
      const next = waiting.shift()
      // Whoever waited takes the place over.
      if (next) next()
      else running -= 1
    }
  }
}
