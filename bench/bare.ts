import http from 'node:http'
import { type Act, assess, contradictions, type DevelopmentFacts, type Finding, nationalSetting } from '@zhibu/rules'
import pg from 'pg'
import { newId } from '../server/src/platform/ids.ts'
import { measuredOn } from './files.ts'

/**
 * The limit: `node:http` and `pg` with the best SQL for the same answers. Nobody signs in, nothing is checked, no row-level
 * security; the database makes the JSON text, which is sent on as it is. A process of its own: connection as JSON, then the port.
 *
 * GET  /files?organizationId=    a page of 50 files below an organisation, with the number of all
 * GET  /files/:personId          a file as it is stored: person, acts with their authors, offices, plan, settings
 * GET  /ruled/:personId          the same, and what the rules say of it
 * POST /files/:personId/acts     an act, the revision of the person and a journal row in one statement, whatever the act
 * POST /ruled/:personId/acts     the same, where the rules find no new error and nobody has changed the file since it was read
 */
const pool = new pg.Pool({ ...(JSON.parse(process.argv[2] ?? '') as pg.PoolConfig), max: 16 })

/** `+ 0` lets the college be put in order instead of the university being walked in order, whatever its statistics say. */
const page = {
  name: 'page',
  text: `with o as materialized (select path as lo, left(path, -1) || '/' as hi from organizations where tenant_id = 'bench' and id = $1)
    select json_build_object('items', (select json_agg(json_build_object('personId', s.person_id, 'name', p.name,
        'studentNumber', p.student_number, 'organizationId', p.organization_id, 'organization', b.name, 'stage', s.stage,
        'next', json_build_object('kind', s.next_kind, 'earliestOn', s.next_earliest_on, 'latestOn', s.next_latest_on,
          'overdue', s.next_latest_on < '2026-11-23'), 'errorCount', s.error_count, 'warningCount', s.warning_count) order by first.day, first.person_id)
      from (select s.person_id, coalesce(s.next_latest_on, '9999-12-31') + 0 as day from o, development_standings s
        where s.tenant_id = 'bench' and s.path >= o.lo and s.path < o.hi order by day, s.person_id limit 50) first
      join development_standings s on s.tenant_id = 'bench' and s.person_id = first.person_id
      join persons p on p.tenant_id = 'bench' and p.id = s.person_id
      join organizations b on b.tenant_id = 'bench' and b.id = p.organization_id),
      'total', (select count(*) from o, development_standings s where s.tenant_id = 'bench' and s.path >= o.lo and s.path < o.hi))
      ::text as answer`,
}

const file = {
  name: 'file',
  text: `select json_build_object('person', json_build_object('id', p.id, 'name', p.name, 'studentNumber', p.student_number,
        'organizationId', p.organization_id, 'organization', o.name),
      'facts', json_build_object('bornOn', p.born_on), 'revision', p.revision,
      'acts', (select json_agg(json_build_object('act', a.details || jsonb_build_object('id', a.id, 'kind', a.kind, 'on', a."on"),
          'recordedBy', u.name, 'recordedAt', a.recorded_at) order by a."on", a.id)
        from development_acts a left join accounts u on u.tenant_id = 'bench' and u.id = a.recorded_by
        where a.tenant_id = 'bench' and a.person_id = p.id),
      'offices', (select json_agg(json_build_array(f.person_name, f.office, f.from_on, f.until_on)) from offices f
        where f.tenant_id = 'bench' and f.organization_id = p.organization_id),
      'constraints', (select constraints from development_plans l where l.tenant_id = 'bench' and l.person_id = p.id),
      'setting', json_build_object('practice', (select practice from local_practices where tenant_id = 'bench' order by from_at desc limit 1),
        'workingYears', (select json_agg(y) from working_years y where y.tenant_id = 'bench')))::text as answer
    from persons p join organizations o on o.tenant_id = 'bench' and o.id = p.organization_id
    where p.tenant_id = 'bench' and p.id = $1`,
}

const record = {
  name: 'record',
  text: `with changed as (update persons set revision = revision + 1
      where tenant_id = 'bench' and id = $2 and revision = coalesce($9, revision) returning id, path),
    act as (insert into development_acts (tenant_id, id, person_id, path, kind, "on", details, recorded_by)
      select 'bench', $1, id, path, $3, $4, $5, $6 from changed)
    insert into journal (tenant_id, id, account_id, actor_name, event, subject_kind, subject_id, org_path, person_id, details, request_id)
      select 'bench', $7, $6, '组织员', 'development.act-recorded', 'person', id::text, path, id, $5, $8 from changed`,
}

const server = http.createServer((request, response) => {
  answer(request).then(
    ({ status, text }) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      response.end(text)
    },
    (error: unknown) => {
      console.error(error)
      response.writeHead(500, { 'content-length': 0 }).end()
    },
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})

async function answer(request: http.IncomingMessage): Promise<{ status: number; text: string }> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://bare')
  const [, kind, personId = ''] = pathname.split('/')
  if (request.method === 'POST') {
    const { act } = JSON.parse(await bodyOf(request))
    return kind === 'ruled' ? recordRuled(personId, act) : recordAct(personId, act)
  }
  if (kind === 'ruled') return { status: 200, text: await ruled(personId) }
  const values = [personId || searchParams.get('organizationId')]
  const { rows } = await pool.query<{ answer: string }>({ ...(personId ? file : page), values })
  return { status: 200, text: rows[0]?.answer ?? '' }
}

async function ruled(personId: string): Promise<string> {
  const { stored, facts } = await read(personId)
  return JSON.stringify({ ...stored, ...assess(facts, measuredOn, nationalSetting) })
}

async function read(personId: string): Promise<{ stored: { revision: number }; facts: DevelopmentFacts }> {
  const { rows } = await pool.query<{ answer: string }>({ ...file, values: [personId] })
  const stored = JSON.parse(rows[0]?.answer ?? '{}')
  return { stored, facts: { ...stored.facts, acts: stored.acts.map((it: { act: Act }) => it.act) } }
}

async function recordRuled(personId: string, act: Act): Promise<{ status: number; text: string }> {
  const { stored, facts } = await read(personId)
  const errorsOf = (of: DevelopmentFacts) =>
    contradictions(of, measuredOn, nationalSetting).filter((it) => it.severity === 'error')
  const known = new Set(errorsOf(facts).map(identityOf))
  const caused = errorsOf({ ...facts, acts: [...facts.acts, act] }).filter((it) => !known.has(identityOf(it)))
  if (caused.length > 0) return { status: 422, text: JSON.stringify({ findings: caused }) }
  return recordAct(personId, act, stored.revision)
}

const identityOf = ({ rule, facts }: Finding): string => JSON.stringify([rule, facts])

/** `revision`: the one that was read; without it whatever the file is by now. */
async function recordAct(
  personId: string,
  { kind, on, ...details }: Act,
  revision: number | null = null,
): Promise<{ status: number; text: string }> {
  const id = newId()
  const values = [id, personId, kind, on, JSON.stringify(details), newId(), newId(), newId(), revision]
  const { rowCount } = await pool.query({ ...record, values })
  return { status: rowCount === 1 ? 201 : 409, text: JSON.stringify({ id }) }
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
