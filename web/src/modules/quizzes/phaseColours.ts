import type { RoomPhase } from '@zhibu/server/modules/quizzes/names-schema'

/** The colours in which phases of a room are marked; words say the same. */
export const phaseColours: Readonly<Record<RoomPhase, string>> = {
  gathering: 'blue',
  asking: 'green',
  shown: 'green',
  ended: 'gray',
}
