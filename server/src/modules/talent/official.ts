import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { refuseField } from '../../platform/refusal.ts'
import { dutyNames, employmentNames } from './names-schema.ts'
import type { OfficialFields } from './schema.ts'
import { keepRecord, type Staff, subjectOf } from './stored.ts'

/** Writes what is official of somebody. */
export async function writeOfficial(ctx: Context, it: Staff, fields: OfficialFields): Promise<void> {
  if (fields.since !== null && fields.since > ctx.today)
    refuseField('since', '任现岗位的日期还没有到。请填写实际开始的日期')
  await keepRecord(ctx, it, { ...fields, officialBy: ctx.actor.name, officialOn: ctx.today })
  await record(ctx, 'talent.official-set', subjectOf(it), wordsOf(fields))
}

const wordsOf = ({ employment, duty, title, since }: OfficialFields) => ({
  employment: employment === null ? null : employmentNames[employment],
  duty: duty === null ? null : dutyNames[duty],
  title,
  since,
})
