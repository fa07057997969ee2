import { floodGuard } from '../../platform/flood.ts'

/** How often somebody reads contacts in the clear: enough to ring round for a term, too little to copy the base. */
export const refuseFlood = floodGuard(
  { contacts: { burst: 30, perSeconds: 3_600, doing: '查看联系方式' } },
  { inMinutes: true },
)

/** So many experts one organisation keeps, and so many invitations it has that wait for an answer. */
export const mostExperts = 1_000
export const mostOpenInvitations = 100
