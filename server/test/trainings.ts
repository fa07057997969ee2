import type { Day } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { persons } from '../src/modules/people/tables.ts'
import type { Audience } from '../src/modules/training/names-schema.ts'
import { type Browser, type TestActor, testActors, type testApp } from './app.ts'
import type { BuiltPerson } from './factories.ts'

interface Wanted {
  title?: string
  audience?: Audience
  requiredHours?: number | null
  capacity?: number | null
  days?: readonly Day[]
  /** Who was at none of its sessions. */
  absent?: readonly BuiltPerson[]
  by?: Browser
}

/** What tests of trainings do again and again, each of it over HTTP. */
export async function trainings(app: Awaited<ReturnType<typeof testApp>>) {
  const { build } = app
  const as = {} as Record<TestActor, Browser>
  for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
  const at = '/api/training'

  async function json<T>(response: Response, status = 200): Promise<T> {
    const body = response.status === 204 ? undefined : await response.json()
    expect({ status: response.status, body }).toMatchObject({ status })
    return body
  }
  const named = async (name: string): Promise<BuiltPerson> => {
    const [row] = await build.look((db) => db.select().from(persons).where(eq(persons.name, name)))
    if (!row) throw new Error(`nobody is called ${name}`)
    return row
  }
  const tagged = async (by: Browser, method: string, address: string, read: string, body?: object) =>
    by.request(method, address, body, { 'if-match': (await by.get(read)).headers.get('etag') ?? '' })

  /** A programme of the college with people on its list who were at its sessions, of two hours each. */
  async function programme(who: readonly BuiltPerson[], wanted: Wanted = {}): Promise<string> {
    const {
      title = '秋季培训班',
      audience = 'others',
      requiredHours = null,
      capacity = null,
      by = as.partySchool,
    } = wanted
    const body = {
      ...{ organizationId: build.college.id, title, audience, year: 2026, term: 'autumn' },
      ...{ summary: '', requiredHours, capacity, stages: [] },
      admission: { byNomination: false, bySignUp: false, untilOn: null },
    }
    const { id } = await json<{ id: string }>(await by.post(at, body), 201)
    const sessions: string[] = []
    for (const on of wanted.days ?? ['2026-11-02', '2026-11-03']) {
      const session = {
        ...{ stageId: null, title: '党章学习', on, startMinute: null, endMinute: null, hours: 2, category: 'theory' },
        ...{ form: 'specialStudy', lecturers: [], place: '', link: '', materials: [] },
      }
      sessions.push((await json<{ id: string }>(await by.post(`${at}/${id}/sessions`, session), 201)).id)
    }
    await json(await tagged(by, 'POST', `${at}/${id}/announcement`, `${at}/${id}`), 204)
    if (who.length > 0)
      await json(
        await by.post(`${at}/${id}/participants`, { personIds: who.map((it) => it.id), reason: '经研究录取' }),
        201,
      )
    for (const session of sessions) {
      const sheet = `${at}/sessions/${session}/attendance`
      const marks = (wanted.absent ?? []).map(({ id: personId }) => ({
        ...{ personId, attendance: 'absent', leaveKind: null, note: '' },
      }))
      await json(await tagged(by, 'PUT', sheet, sheet, { marks, restArePresent: true }), 204)
    }
    return id
  }

  const decide = async (id: string, who: readonly BuiltPerson[], decision = 'passed', by = as.partySchool) =>
    json(
      await by.post(`${at}/${id}/acceptance/decisions`, {
        ...{ personIds: who.map((it) => it.id), decision, comment: '' },
        missing: decision === 'passed' ? '' : '中途退学',
      }),
      204,
    )
  const close = async (id: string, by = as.partySchool) =>
    json(await tagged(by, 'POST', `${at}/${id}/closing`, `${at}/${id}`), 204)

  /** The same, passed by everybody and closed. */
  async function closed(who: readonly BuiltPerson[], wanted: Wanted = {}): Promise<string> {
    const id = await programme(who, wanted)
    await decide(id, who)
    await close(id)
    return id
  }

  return { as, at, json, named, tagged, programme, decide, close, closed }
}
