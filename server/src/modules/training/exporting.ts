import type { Context } from '../../platform/context.ts'
import { everyRow } from '../../platform/every-row.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { placeNames, sourceNames } from './names-schema.ts'
import { listParticipants } from './participants.ts'
import { mayRun } from './policy.ts'
import type { ParticipantRow } from './schema.ts'
import { openProgramme, subjectOf } from './stored.ts'

/** Writes the list of a programme as .xlsx, for whoever runs it. Each export is recorded. */
export async function exportParticipants(ctx: Context, programmeId: string): Promise<NamedFile> {
  const programme = await openProgramme(ctx, programmeId)
  authorize(mayRun(ctx.actor, programme.path), '导出学员名单')
  const read = (cursor: string | undefined) => listParticipants(ctx, programmeId, { cursor, limit: 200 })
  const { bytes, count } = await writeList(columns, everyRow(read), '学员名单')
  await record(ctx, 'training.participants-exported', subjectOf(programme), { title: programme.title, count })
  return { name: `${programme.title}学员名单${ctx.today}.xlsx`, bytes }
}

const columns: readonly ListColumn<ParticipantRow>[] = [
  { header: '姓名', cell: (it) => it.person.name },
  { header: '学号（工号）', cell: (it) => it.person.studentNumber },
  { header: '所在组织', cell: (it) => it.organization.name },
  { header: '来源', cell: (it) => sourceNames[it.source] },
  { header: '状态', cell: (it) => placeNames[it.place] },
  { header: '已有学时', cell: (it) => it.hours },
  { header: '备注', cell: (it) => it.note },
]
