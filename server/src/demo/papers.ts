import { type Act, addDays, type Day, stageOf } from '@zhibu/rules'
import type { TakenContent } from '../modules/archive/held-contents.ts'
import { fileDocument } from '../modules/archive/service.ts'
import { archiveUploads } from '../modules/archive/tables.ts'
import type { ContentStore } from '../platform/content/content-store.ts'
import type { Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { makeOne } from '../platform/papers/made.ts'
import type { Paper } from '../platform/papers/official-paper.ts'
import { startPrinting } from '../platform/papers/printing.ts'
import type { DemoPerson } from './university.ts'

/** So many persons of the branch have papers in the archive. */
const personsWithPapers = 10

/**
 * Files invented papers for some persons of a branch: applications, talks, reports. On the application of one of them stands another
 * day than in the record, and one talk is missing, so that there is something to be found.
 */
export async function filePapers(
  ctx: Context,
  store: ContentStore,
  people: readonly DemoPerson[],
  ids: ReadonlyMap<DemoPerson, string>,
): Promise<void> {
  const printing = startPrinting(null)
  try {
    const applicants = people.filter((it) => ![undefined, 'full'].includes(stageOf(it)))
    for (const [at, person] of applicants.slice(0, personsWithPapers).entries()) {
      const papers = papersOf(person, ctx.today).filter((it) => !(at === 2 && it.place === 'applicantTalkRecord'))
      for (const { place, title, on, lines } of papers) {
        const written = at === 1 && place === 'application' ? addDays(on, -2) : on
        const paper = paperOf(person, { title, on: written, lines })
        const content = await contentOf(store, await makeOne(printing, paper))
        await file(ctx, store, { personId: ids.get(person) ?? '', place, on: written, title, content })
      }
    }
  } finally {
    await printing.close()
  }
}

interface InventedPaper {
  place: string
  title: string
  on: Day
  lines: readonly string[]
}

/** What each kind of act leaves behind on paper. */
function papersOf({ fields, acts }: DemoPerson, today: Day): InventedPaper[] {
  const dated = acts.flatMap((act): (Act & { on: Day })[] =>
    act.on === undefined || act.on > today ? [] : [{ ...act, on: act.on }],
  )
  const first = (kind: Act['kind']) => dated.find((it) => it.kind === kind)
  const [application, talk] = [first('application'), first('applicantTalk')]
  const reports = dated.filter((it) => it.kind === 'thoughtReport').slice(0, 2)
  return [
    ...(application
      ? [
          {
            place: 'application',
            title: '入党申请书',
            on: application.on,
            lines: applicationText(fields.department ?? ''),
          },
        ]
      : []),
    ...(talk
      ? [{ place: 'applicantTalkRecord', title: '入党申请人谈话记录', on: talk.on, lines: talkText(fields.name) }]
      : []),
    ...reports.map(({ on }) => ({ place: 'thoughtReport', title: '思想汇报', on, lines: reportText })),
  ]
}

function paperOf({ fields }: DemoPerson, { title, on, lines }: Pick<InventedPaper, 'title' | 'on' | 'lines'>): Paper {
  const [year, month, day] = on.split('-').map(Number)
  return {
    title,
    to: '敬爱的党组织',
    body: lines.map((text) => ({ kind: 'paragraph', text })),
    attachments: [],
    signer: fields.name,
    signedOn: `${year}年${month}月${day}日`,
    madeOn: on,
  }
}

const applicationText = (department: string) => [
  '我志愿加入中国共产党，愿意为党的事业贡献自己的力量。（演示材料，内容为虚构。）',
  `我在${department || '本学院'}学习，担任过班级学习委员和图书馆志愿者。在做这些事的过程中，我认识到为同学服务要从小事做起。`,
  '今后我会认真学习，按时参加组织安排的活动，请组织考察。',
]
const talkText = (name: string) => [
  `谈话对象：${name}。谈话地点：学院党员活动室。（演示材料，内容为虚构。）`,
  '谈话人介绍了入党的程序和要求，了解了申请人的学习、家庭情况和入党动机。申请人谈了自己参加志愿服务的体会。',
]
const reportText = [
  '这一季度我参加了社区电脑维修志愿服务，完成了专业课程设计。（演示材料，内容为虚构。）',
  '不足之处是时间安排不够紧凑，下一阶段将制定每周计划并坚持执行。',
]

async function contentOf(store: ContentStore, bytes: Uint8Array): Promise<TakenContent> {
  async function* source() {
    yield bytes
  }
  const { id, size } = await store.put(source(), { maxBytes: bytes.length })
  const type = { mediaType: 'application/pdf', extension: 'pdf', kind: 'pdf' } as const
  return { id, sizeBytes: size, ...type, pageCount: 1, isScanned: false }
}

async function file(
  ctx: Context,
  store: ContentStore,
  it: { personId: string; place: string; on: Day; title: string; content: TakenContent },
): Promise<void> {
  const { content, personId, place, on, title } = it
  const fileName = `${title}.pdf`
  const upload = { tenantId: ctx.tenantId, id: newId(), accountId: ctx.actor.accountId, fileName, sizeBytes: 1 }
  await ctx.db.insert(archiveUploads).values(upload)
  const wanted = { personId, uploadId: upload.id, place, on, nature: 'original' as const }
  await fileDocument(ctx, wanted, { content, fileName, contentIsThere: store.has })
}
