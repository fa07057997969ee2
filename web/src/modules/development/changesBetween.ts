import { actLabels, dayWritten } from '@zhibu/rules'
import type { FileView, RecordedAct } from '@zhibu/server/modules/development/schema'

/** What others have recorded, corrected or struck out in a file between two readings, act by act. */
export function changesBetween(before: Pick<FileView, 'acts'>, now: Pick<FileView, 'acts'>) {
  const old = countingIn(before)
  const fresh = countingIn(now)
  const gone = old.filter((it) => !fresh.some(({ act }) => act.id === it.act.id))
  const added = fresh.filter((it) => !old.some(({ act }) => act.id === it.act.id))
  return [
    ...gone
      .filter((it) => !added.some(({ corrects }) => corrects === it.act.id))
      .map((it) => ({ label: actLabels[it.act.kind], before: dayOf(it), now: '已划去' })),
    ...added.map((it) => {
      const corrected = gone.find(({ act }) => act.id === it.corrects)
      const before = corrected ? dayOf(corrected) : '没有记录'
      const now = dayOf(it) === before ? '日期未变，其他内容有改动' : dayOf(it)
      return { label: actLabels[it.act.kind], before, now }
    }),
  ]
}

/** What counts today of an act that others may have corrected since; undefined where it has been struck out. */
export function standingActOf({ acts }: Pick<FileView, 'acts'>, id: string): RecordedAct | undefined {
  const it = acts.find(({ act }) => act.id === id)
  if (it?.correctedBy === undefined) return it
  return it.correctedBy.struckOut ? undefined : standingActOf({ acts }, it.correctedBy.id)
}

const countingIn = ({ acts }: Pick<FileView, 'acts'>) => acts.filter((it) => it.correctedBy === undefined)

const dayOf = ({ act }: RecordedAct): string => (act.on ? dayWritten(act.on) : '日期不详')
