import { type PlaceName, places, type Role, roles } from './rights-world.ts'

/** Whom something concerns, at each place of the university. */
export type Circle = Partial<Record<PlaceName, readonly Role[]>>

export const signedIn = roles.filter((role) => role !== 'nobody' && role !== 'foreigner')
export const administrators: readonly Role[] = ['sysadmin', 'secadmin', 'auditor']
/** Who signs in and is a person of the university. */
export const persons = signedIn.filter((role) => !administrators.includes(role))

/** These roles at each place of the own university. */
export const all = (...some: readonly Role[]): Circle => ({ branch: some, sibling: some, distant: some })
/** The same in the other university of the database, too. */
export const everywhere = (...some: readonly Role[]): Circle => ({ ...all(...some), foreign: some })
/** Whoever is in any of the circles. */
export const and = (...some: readonly Circle[]): Circle =>
  Object.fromEntries(places.map((place) => [place, some.flatMap((it) => it[place] ?? [])]))

/** The administrators are told everywhere that they take no part. */
export const outside = everywhere(...administrators)

/** Who keeps the files at a place. */
export const keepers: Circle = {
  branch: ['secretary', 'organiser', 'department'],
  sibling: ['sibling', 'organiser', 'department'],
  distant: ['otherOrganiser', 'department'],
}
/** Who publishes for an organisation at a place. */
export const publishers: Circle = {
  branch: ['secretary', 'publicity'],
  sibling: ['sibling', 'publicity'],
  distant: ['publicity'],
}
/** Who runs trainings at a place: who keeps the files there, and the Party school. */
export const trainers: Circle = {
  branch: ['secretary', 'organiser', 'department', 'partySchool'],
  sibling: ['sibling', 'organiser', 'department', 'partySchool'],
  distant: ['otherOrganiser', 'department', 'partySchool'],
}
/** Who holds activities at a place: the officers there and above. */
const above: readonly Role[] = ['department', 'publicity', 'partySchool']
export const holders: Circle = {
  branch: ['secretary', 'organiser', ...above],
  sibling: ['sibling', 'organiser', ...above],
  distant: ['otherOrganiser', ...above],
}
