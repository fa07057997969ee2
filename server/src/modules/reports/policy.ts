import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'

/** Who reads the sums of an organisation: who reads the files of all in it. */
export const mayRead = (actor: Actor, path: OrgPath): boolean => actor.holds('read-files', path)

/** Who sets up what goes upward from an organisation: who reads its sums and sends notices there. */
export const maySetUp = (actor: Actor, path: OrgPath): boolean =>
  mayRead(actor, path) && actor.holds('send-notices', path)
