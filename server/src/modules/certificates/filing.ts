import { buffer } from 'node:stream/consumers'
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import type { Env } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { bringIn } from '../archive/bringing-in.ts'
import type { FileToFile } from '../archive/held-contents.ts'
import { destinationOf, fileDocument } from '../archive/service.ts'
import type { CertificatePlace } from './names-schema.ts'
import { may } from './policy.ts'
import { factsOf, lockForIssuer, type StoredCertificate, subjectOf } from './stored.ts'
import { certificateFilings } from './tables.ts'

type Run = <R>(useCase: (ctx: Context) => Promise<R>) => Promise<R>

/**
 * Files the paper of a certificate in the archive of its person, as it was made: an electronic one without a seal, which the archive therefore says it
 * lacks. `run` runs a use case as the actor. Refuses who may not file there, what holds no more, and what is filed already. Returns the id of the paper.
 */
export async function fileCertificate(
  c: HonoContext<Env>,
  run: Run,
  certificateId: string,
  place: CertificatePlace,
): Promise<string> {
  const { contentId, allowed, fileName } = await run(async (ctx) => {
    const it = await openToFile(ctx, certificateId)
    const { personId, facts } = it.certificate
    const destination = await destinationOf(ctx, { personId, place })
    return {
      contentId: it.paper?.contentId ?? '',
      allowed: destination.place.contents,
      fileName: `${facts.title} ${facts.number}.pdf`,
    }
  })
  const bytes = await buffer(await c.var.contents.store.read(contentId))
  return bringIn(c, run, { bytes, fileName, allowed }, (ctx, uploadId, file) =>
    fileBrought(ctx, { certificateId, place, uploadId }, file),
  )
}

async function fileBrought(
  ctx: Context,
  { certificateId, place, uploadId }: { certificateId: string; place: CertificatePlace; uploadId: string },
  file: FileToFile,
): Promise<string> {
  const { certificate } = await openToFile(ctx, certificateId)
  const { personId, path, facts } = certificate
  const { signatures } = (await destinationOf(ctx, { personId, place })).place
  const documentId = await fileDocument(
    ctx,
    {
      ...{ personId, place, uploadId, title: `${facts.title}（${facts.number}）`, on: facts.issuedOn },
      ...{ nature: 'electronic' as const, lacks: signatures.map((it) => it.by) },
    },
    file,
  )

  const { tenantId, actor } = ctx
  await ctx.db
    .insert(certificateFilings)
    .values({ tenantId, certificateId, path, personId, documentId, filedBy: actor.name })
  await record(ctx, 'certificates.filed', subjectOf(certificate), { title: facts.title, number: facts.number })
  return documentId
}

async function openToFile(ctx: Context, certificateId: string): Promise<StoredCertificate> {
  const it = await lockForIssuer(ctx, certificateId, '归档')
  if (may(ctx.actor, factsOf(it)).file) return it
  throw new Refusal(
    'conflict',
    it.documentId !== null
      ? '这份证书已经归档，不用再归。'
      : it.revocation !== null
        ? '这份证书已经撤销，不能归档。'
        : '这份证书还没有生成。请等生成以后再归档。',
  )
}
