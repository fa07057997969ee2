import pg from 'pg'
import { openData } from '../server/src/data.ts'
import { rightsOf } from '../server/src/modules/organization/policy.ts'
import { enrol } from '../server/src/modules/training/participants.ts'
import { trainingProgrammes, trainingSessions } from '../server/src/modules/training/tables.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { Actor, type Context } from '../server/src/platform/context.ts'
import { type Database, wholeUniversity } from '../server/src/platform/database.ts'
import { fieldEncryption } from '../server/src/platform/encryption.ts'
import { newId } from '../server/src/platform/ids.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'
import { measuredOn } from './files.ts'
import { fill } from './filling.ts'
import { atMost, duration, type Measure, median } from './measure.ts'

/** To enrol everybody may take so many times as long as to write their rows. */
const most = 3
const rounds = 7

/**
 * Puts everybody of a university onto the list of a programme in one go, told and recorded, in terms of one bare INSERT … SELECT of the same rows
 * by the bare driver into a table of the same shape, committed as well; and how many there are too many or too few. The rounds take turns.
 */
export async function measureTraining(directory: string, persons: number): Promise<Measure[]> {
  const { tenantId } = await fill(directory, persons)
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  const client = new pg.Client(database.address.owner)
  await client.connect()
  try {
    await client.query('create table bare_participants (like training_participants including all)')
    const encryption = fieldEncryption(await readSecrets(directory, {}))
    const university = universityIn(database, { tenantId, encryption })
    const [ours, limit]: [number[], number[]] = [[], []]
    let off = 0
    // The first round of each warms up.
    for (let round = 0; round <= rounds; round++) {
      const programmeId = await university.announce()
      ours.push(
        await timed(async () => {
          off += Math.abs((await university.enrolAll(programmeId)) - persons)
        }),
      )
      limit.push(await timed(() => writeBare(client, tenantId)))
    }
    const enrolled = persons.toLocaleString('en')
    return [
      duration(`training: ${enrolled} enrolled / a bare INSERT`, median(ours.slice(1)), median(limit.slice(1)), most),
      atMost('     too many or too few', off, 0, 'participants'),
    ]
  } finally {
    await client.end()
    await close()
  }
}

function universityIn(database: Database, { tenantId, encryption }: Pick<Context, 'tenantId' | 'encryption'>) {
  const scope = wholeUniversity(tenantId)
  const grants = [{ rights: rightsOf.partySchool, path: '0001.' }]
  const actor = new Actor({ accountId: newId(), personId: newId(), home: '0001.', name: '党校', grants })

  /** A programme of the university for everybody, of which people know and on whose list is nobody. */
  const announce = (): Promise<string> =>
    database.transaction(scope, async (db) => {
      const id = newId()
      const of = { tenantId, path: '0001.' }
      const said = {
        title: '全员培训',
        audience: 'others',
        year: 2026,
        term: 'year',
        summary: '',
        folded: '',
      } as const
      await db.insert(trainingProgrammes).values({
        ...{ ...of, ...said, id, organizationId: newId(), stages: [], createdBy: '党校' },
        admission: { byNomination: false, bySignUp: false, untilOn: null },
        ...{ announcedAt: new Date(), announcedBy: '党校' },
      })
      const held = { on: measuredOn, hours: 2, category: 'theory', form: 'partyLecture' } as const
      const named = { title: '第一讲', place: '', link: '', lecturers: [], materials: [] }
      const session = { ...of, ...held, ...named, id: newId(), programmeId: id }
      await db.insert(trainingSessions).values(session)
      return id
    })

  const enrolAll = (programmeId: string): Promise<number> =>
    database.transaction(scope, async (db) => {
      const ctx = { db, tenantId, actor, today: measuredOn, requestId: newId(), encryption }
      const everybody = { all: true as const, isUntrained: false }
      return (await enrol(ctx, programmeId, everybody, { base: 'https://djgz.example.edu.cn' })).added
    })

  return { announce, enrolAll }
}

async function writeBare(client: pg.Client, tenantId: string): Promise<void> {
  await client.query('begin')
  await client.query(
    `insert into bare_participants (tenant_id, programme_id, person_id, path, seq, source, note, enrolled_by)
      select tenant_id, $2::uuid, id, '0001.', row_number() over (order by path, pinyin, id), 'list', '', '党校'
      from persons where tenant_id = $1`,
    [tenantId, newId()],
  )
  await client.query('commit')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
