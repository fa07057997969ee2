/** The key of everything that was read of the archive. */
export const archiveKey = ['archive'] as const
