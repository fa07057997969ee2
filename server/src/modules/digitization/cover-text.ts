import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import { filingListOf, placesOf } from '../archive/template.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import { type CoverSubject, readCoverCode } from './cover-schema.ts'
import type { PageRead } from './sorting.ts'

/** The sentence at the foot of each cover sheet. */
const sentence = '放在这份材料的第一页之前一起扫描'

/**
 * The pages, each that carries the code of a cover and text that no cover of this code prints marked as a paper: the code may have been
 * copied there, or a cover lay half over the paper when it was photographed. Where nothing reads text, nothing is known of it. Three
 * statements.
 */
export async function markPapers(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  pages: readonly PageRead[],
): Promise<PageRead[]> {
  const printed = await printedOn(
    ctx,
    pages.flatMap(({ codes }) => codes.flatMap((it) => readCoverCode(it) ?? [])),
  )
  return pages.map((page) => {
    const covers = page.codes.flatMap((it) => readCoverCode(it) ?? [])
    return covers.length > 0 && carriesOtherText(page.lines, covers.flatMap(printed))
      ? { ...page, isPaper: true }
      : page
  })
}

/**
 * Whether lines hold text beside what is printed on a cover. A character counts as printed where it stands beside one of its neighbours
 * of the print, so that what was recognised badly, cut into other lines, or has been renamed since makes no paper of a cover: of the
 * covers of the bench one character in sixty is read wrongly, and a mark of the program that scanned is twenty characters long.
 */
export function carriesOtherText(lines: readonly string[], printed: readonly string[]): boolean {
  const pairs = new Set([sentence, ...printed].flatMap((it) => pairsOf(lettersOf(it))))
  let [all, other] = [0, 0]
  for (const line of lines) {
    const letters = lettersOf(line)
    const known = pairsOf(letters).map((it) => pairs.has(it))
    all += letters.length
    other += letters.filter((_, at) => known[at - 1] !== true && known[at] !== true).length
  }
  return other >= fewestOther && other > all * leastShare
}

const fewestOther = 10
const leastShare = 0.3

const lettersOf = (text: string): string[] => text.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? []

const pairsOf = (letters: readonly string[]): string[] => letters.slice(1).map((it, at) => `${letters[at]}${it}`)

/** What stands on the covers of these subjects today. */
async function printedOn(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  subjects: readonly CoverSubject[],
): Promise<(subject: CoverSubject) => string[]> {
  const { db, tenantId } = ctx
  const idsOf = (of: (it: CoverSubject) => string | []) => [...new Set(subjects.flatMap(of))]
  const owners = await db
    .select({
      id: persons.id,
      name: persons.name,
      studentNumber: persons.studentNumber,
      organization: organizations.name,
    })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        isOneOf(
          persons.id,
          idsOf((it) => ('personId' in it ? it.personId : [])),
        ),
      ),
    )
  const bodies = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        isOneOf(
          organizations.id,
          idsOf((it) => ('organizationId' in it ? it.organizationId : [])),
        ),
      ),
    )
  const places = placesOf(await filingListOf(ctx))
  const known = new Map<string, readonly string[]>([
    ...owners.map(
      ({ id, name, studentNumber, organization }) => [id, [name, studentNumber ?? '', organization]] as const,
    ),
    ...bodies.map(({ id, name }) => [id, [name]] as const),
  ])
  return (it) => {
    const place = places.find(({ code }) => code === it.place)
    return [
      ...(place ? [`${place.number}${place.label}`] : []),
      ...(known.get('personId' in it ? it.personId : it.organizationId) ?? []),
    ]
  }
}
