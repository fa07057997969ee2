/** Runs works one at a time: of those that wait one of the lowest rank, and of these the first. */
export function oneAtATime(): <Result>(rank: number, work: () => Promise<Result>) => Promise<Result> {
  const waiting: { rank: number; start: () => void }[] = []
  let isRunning = false
  return async (rank, work) => {
    if (isRunning) {
      await new Promise<void>((start) => {
        const behind = waiting.findIndex((it) => it.rank > rank)
        waiting.splice(behind < 0 ? waiting.length : behind, 0, { rank, start })
      })
    }
    isRunning = true
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // Whoever waited takes the place over.
      if (next) next.start()
      else isRunning = false
    }
  }
}
