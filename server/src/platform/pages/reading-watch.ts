import { workerData } from 'node:worker_threads'

// Ends its process at once where it takes too much memory, or where nobody is left to be answered.

const { mostMemory, parent }: { mostMemory: number; parent: number } = workerData

setInterval(() => {
  if (process.memoryUsage.rss() > mostMemory || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 25)
