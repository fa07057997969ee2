import { delivererLabels, type FilingPlace, retentionLabels } from '@zhibu/rules'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { found } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { findPerson } from '../people/queries.ts'
import { may, mayClose, type Owner } from './policy.ts'
import { currentOf, type DocumentWithContent, documentsOf, nameOf, rowOf } from './queries.ts'
import type { Archive } from './schema.ts'
import { archiveDocuments } from './tables.ts'
import { filingListOf } from './template.ts'

/** The archive of a person: every place of the filing list that the reader may see, with its documents. Five statements. */
export async function readPersonArchive(ctx: Context, personId: string): Promise<Archive> {
  const person = found(await findPerson(ctx, personId), '位人员')
  const owner = { personId, path: person.path }
  const rows = await documentsOf(ctx, eq(archiveDocuments.personId, personId))
  return {
    ...(await archiveOf(ctx, owner, 'person', rows)),
    person: { id: personId, name: person.name, studentNumber: person.studentNumber },
    organization: await nameOf(ctx, person.organizationId),
  }
}

/** The documents of an organisation itself. */
export async function readOrganizationArchive(ctx: Context, organizationId: string): Promise<Archive> {
  const { id, name, path } = found(await findOrganization(ctx, organizationId), '个组织')
  const own = and(eq(archiveDocuments.organizationId, id), isNull(archiveDocuments.personId))
  const rows = await documentsOf(ctx, own)
  return {
    ...(await archiveOf(ctx, { personId: null, path }, 'organization', rows)),
    person: null,
    organization: { id, name },
  }
}

async function archiveOf(
  ctx: Context,
  owner: Owner,
  subject: FilingPlace['subject'],
  rows: readonly DocumentWithContent[],
): Promise<Pick<Archive, 'places' | 'formerCount' | 'can'>> {
  const list = await filingListOf(ctx)
  const current = currentOf(rows)
  const held = Map.groupBy(current, ({ document }) => document.place)
  const used = list.outOfUse.filter((it) => it.subject === subject && held.has(it.code))
  const seen = [...list[subject], ...used].flatMap((place) => {
    const can = may(ctx.actor, owner, place)
    return can.read ? [{ place, can }] : []
  })
  found(seen.length > 0 ? seen : undefined, owner.personId === null ? '个组织的档案' : '位人员的档案')
  return {
    places: seen.map(({ place, can }) => ({
      code: place.code,
      number: place.number,
      label: place.label,
      deliveredBy: delivererLabels[place.deliveredBy],
      isSensitive: place.sensitive,
      isClosedToPerson: place.closedToPerson,
      retention: retentionLabels[place.retention.period],
      contents: [...place.contents],
      several: place.several,
      isOutOfUse: used.includes(place),
      signatures: place.signatures.map(({ by, article }) => ({ by, isToVerify: article === undefined })),
      documents: (held.get(place.code) ?? []).map((it) => rowOf(ctx, it, place)),
      can: { file: can.file && !used.includes(place) },
    })),
    formerCount: rows.filter(
      (it) => !current.includes(it) && seen.some(({ place }) => place.code === it.document.place),
    ).length,
    can: { seeSeals: mayClose(ctx.actor, owner).read },
  }
}
