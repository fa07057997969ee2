import { workerData } from 'node:worker_threads'

/**
 * Runs in a thread beside a long computation, of which the libraries take memory that no option of Node limits:
 * ends the whole process above its memory, and when the process that started it has gone.
 */
const { memoryMiB, parent }: { memoryMiB: number; parent: number } = workerData

setInterval(() => {
  if (process.memoryUsage.rss() > memoryMiB * 1024 * 1024 || process.ppid !== parent)
    process.kill(process.pid, 'SIGKILL')
}, 50)
