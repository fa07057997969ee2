import { createHash, randomBytes } from 'node:crypto'

/** The secrets of links that let somebody in without signing in. They are shown once; only their hash is kept. */

/** 256 bits by chance, as they stand in an address. */
export const newLinkSecret = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret, and found again. */
export const linkSecretHash = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
