import { z } from 'zod'

/** What crosses the wire about files on their way in, whatever module they go into. */

/** The most that one request may add to a file. */
export const uploadPartBytes = 8 * 1024 ** 2

/** The largest file that comes into any module. */
export const largestUploadBytes = 10 * 1024 ** 3

/** How much of a file is there; the next part begins at `offset`. */
export const uploadState = z.object({ id: z.uuid(), offset: z.number().int(), sizeBytes: z.number().int() })
export type UploadState = z.infer<typeof uploadState>

/** Where the body of a part begins. */
export const uploadPart = z.object({ offset: z.coerce.number().int().min(0).max(largestUploadBytes) })
