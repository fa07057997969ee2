import type { AttendanceMark, AttendanceRow } from '@zhibu/server/modules/training/attendance-schema'
import type { Attendance, LeaveKind } from '@zhibu/server/modules/training/names-schema'

/** What is to be recorded of one person; nothing where it is still open. */
export interface Mark {
  attendance: Attendance | null
  leaveKind: LeaveKind | null
  note: string
}

/** What is shown of a row before anything is changed: what was recorded; before the first recording that they were there, unless they wrote something that waits. */
export function markOf(row: AttendanceRow, { isRecorded, isSelf }: { isRecorded: boolean; isSelf: boolean }): Mark {
  const { attendance, leaveKind, note } = row
  if (attendance !== null) return { attendance, leaveKind, note }
  const isOpen = isRecorded || isSelf || row.requests.some((it) => it.isGranted === null)
  return { attendance: isOpen ? null : 'present', leaveKind: null, note: '' }
}

/** Another attendance of the same person: the kind of leave goes with leave alone. */
export const marked = (before: Mark, attendance: Attendance): Mark => ({
  attendance,
  leaveKind: attendance === 'leave' ? before.leaveKind : null,
  note: attendance === 'present' ? '' : before.note,
})

/** What is sent of the marks; those that are open are left out. */
export function sentMarks(marks: ReadonlyMap<string, Mark>): AttendanceMark[] {
  return [...marks].flatMap(([personId, { attendance, leaveKind, note }]) =>
    attendance === null ? [] : [{ personId, attendance, leaveKind, note: note.trim() }],
  )
}

/** What is still to be filled in before the marks can be sent. */
export function needsOfMarks(marks: ReadonlyMap<string, Mark>): Record<string, boolean> {
  const all = [...marks.values()]
  return {
    请假的种类: all.every((it) => it.attendance !== 'leave' || it.leaveKind !== null),
    补课的时间和方式: all.every((it) => it.attendance !== 'madeUp' || it.note.trim() !== ''),
  }
}

/** How many of each, in the order of the choices; the open ones under the empty word. */
export function countsOf(marks: ReadonlyMap<string, Mark>): Map<Attendance | null, number> {
  const grouped = Map.groupBy(marks.values(), (it) => it.attendance)
  return new Map([...grouped].map(([attendance, of]) => [attendance, of.length]))
}
