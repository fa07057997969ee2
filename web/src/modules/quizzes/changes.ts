import type { RoomChange, RoomState, RoomView } from '@zhibu/server/modules/quizzes/room-schema'

/** A room with what was told of it. Of the next question nobody has answered anything yet. */
export function changed(it: RoomView, { state }: RoomChange): RoomView {
  if (!state || isOlder(state, it.state)) return it
  const isSame = state.question?.id === it.state.question?.id
  return { ...it, state, own: isSame ? it.own : { ...it.own, answer: null, isRight: null } }
}

/** Whether a state is of before another one: rooms go only one way. */
export const isOlder = (it: RoomState, other: RoomState): boolean => placeOf(it) < placeOf(other)

const placeOf = ({ phase, position }: RoomState): number =>
  phase === 'ended' ? Number.POSITIVE_INFINITY : (position ?? -1) * 2 + (phase === 'shown' ? 1 : 0)

/**
 * Whether a change may concern the reader in a way that only reading anew tells: what they answered, once it is shown what is right; and
 * anything that is told while the room is being read, because that reading may be of before and would take its place.
 */
export const concerns = (it: RoomView | undefined, { state, anew }: RoomChange, isBeingRead: boolean): boolean =>
  it === undefined ||
  isBeingRead ||
  anew === true ||
  (it.own.isIn && state !== undefined && state.phase !== it.state.phase && state.phase !== 'asking')
