import { and, outside, trainers } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { Place, ReflectionAt, RightsWorld, Role } from './rights-world.ts'

/** Something of what comes of a programme, which is made for each call. */
export const ofResults =
  <Made>(make: (world: RightsWorld, place: Place, at: ReflectionAt, role: Role) => Promise<Made>) =>
  (
    path: (made: Made) => string,
    { body, revision, isOn = false, ...at }: ReflectionAt & { body?: (made: Made) => unknown; revision?: string } = {},
  ): Pick<Row, 'call'> => ({
    call: async (place, world, role): Promise<Call> => {
      // Whoever is on a list reads it, wherever they belong: here only those who belong there are put on it.
      const belongs = discussing[place.name]?.includes(role) ?? false
      const made = await make(world, place, { ...at, isOn: isOn && belongs }, role)
      return {
        path: `/api/training${path(made)}`,
        ...(body && { body: body(made) }),
        ...(revision !== undefined && { revision }),
      }
    },
  })

/** Who reads a programme, and who runs it where it is known. */
export const toReaders = { lets: discussing, knows: outside }
export const toRunners = { lets: trainers, knows: and(discussing, outside) }
