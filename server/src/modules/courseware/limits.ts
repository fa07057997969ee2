import { floodGuard } from '../../platform/flood.ts'

/** How often one person starts packages and has something kept: enough for the most talkative package, too little to fill a disk. Refuses what is more. */
export const refuseFlood = floodGuard({
  launches: { burst: 60, perSeconds: 60, doing: '打开互动课件' },
  keeping: { burst: 120, perSeconds: 60, doing: '保存学习进度' },
})

/** So many pieces one organisation has. */
export const mostPieces = 500

/** What a package may hold: files, bytes when it is unpacked, and bytes of its list of contents. */
export const packageLimits = {
  maxEntries: 20_000,
  maxBytes: 2 * 1024 ** 3,
  maxManifestBytes: 4 * 1024 ** 2,
  maxPageBytes: 16 * 1024 ** 2,
  maxScos: 300,
} as const

/** So many characters all that the contents of one package have kept for somebody takes: read and written as a whole each time. */
export const mostStateLength = 2 * 1024 ** 2

/** So long a package is found under the address at which it was started. */
export const ticketHours = 4
