import { expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { trainings } from '../../../test/trainings.ts'
import { newId } from '../../platform/ids.ts'
import { courseware } from '../courseware/tables.ts'
import type { ProgrammeView } from './schema.ts'

const app = await testApp()
const { build } = app
const { tenantId, look, wang } = build
const { as, at, json, programme } = await trainings(app)

const session = (coursewareId: string) => ({
  ...{ stageId: null, title: '自学课件', on: '2026-12-04', startMinute: null, endMinute: null, hours: 1 },
  ...{ category: 'theory', form: 'selfStudy', lecturers: [], place: '', link: '' },
  materials: [{ kind: 'courseware', coursewareId, label: '' }],
})

/** A piece of an organisation, published where told so. */
async function piece(of: { id: string; path: string }, isPublished = true): Promise<string> {
  const id = newId()
  await look((db) =>
    db.insert(courseware).values({
      ...{ tenantId, id, organizationId: of.id, path: of.path, title: '党章二十讲', summary: '', createdBy: '某' },
      ...(isPublished && { publishedAt: new Date(), publishedBy: '某' }),
    }),
  )
  return id
}

test('a session names courseware that whoever plans it may read, and shows its title with the way there to those who may', async () => {
  const id = await programme([wang])
  const add = (coursewareId: string) => as.organiser.post(`${at}/${id}/sessions`, session(coursewareId))
  expect((await add(newId())).status).toBe(400)
  expect((await add(await piece(build.distant, false))).status).toBe(400)
  const own = await piece(build.college)
  await json(await add(own), 201)
  const shown = async (by = as.applicant) =>
    (await json<ProgrammeView>(await by.get(`${at}/${id}`))).sessions.find((it) => it.title === '自学课件')?.materials
  const material = {
    kind: 'courseware',
    mediaId: null,
    coursewareId: own,
    mediumKind: null,
    label: '',
    sizeBytes: null,
  }
  expect(await shown()).toEqual([{ ...material, fileName: '党章二十讲', url: `/training/courseware/${own}` }])

  const branch = await piece(build.sibling)
  const drafts = await json<{ id: string }>(await add(branch), 201)
  expect(drafts.id).toBeTruthy()
  const views = (await json<ProgrammeView>(await as.applicant.get(`${at}/${id}`))).sessions.at(-1)?.materials
  expect(views).toMatchObject([{ coursewareId: branch, fileName: '党章二十讲', url: '' }])
})
