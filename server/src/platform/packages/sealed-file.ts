import { isDay } from '@zhibu/rules'
import { z } from 'zod'
import { writable } from './metadata-xml.ts'

/** A file that has been closed: whose it is, what lies in it, what is recorded about it. After DA/T 46-2009. */

const text = z.string().max(2000).transform(writable)
const long = z.string().max(20_000).transform(writable)
const day = z.string().refine(isDay)
const instant = z.iso.datetime()
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const pages = z.number().int().min(0).max(1_000_000)

/** What the file was made from. */
export const itemNatures = { original: '原件', copy: '复印件', electronic: '电子文件' } as const

const content = z.object({
  /** Under which the store of the keeper has it. */
  contentId: text,
  /** The name under which it was handed in. */
  fileName: text,
  mediaType: text,
  bytes: z.number().int().min(0),
  sha256: digest,
  filedBy: text,
  filedAt: instant,
  /** Why it took the place of the one before; null for the first. */
  reason: long.nullable(),
})

const item = z.object({
  /** 件号: 1, 2, 3 … */
  number: z.number().int().min(1),
  /** The place of the filing list in Chinese. */
  place: text,
  title: text,
  on: day.nullable(),
  /** Who made it. */
  responsible: text.nullable(),
  nature: z.enum(['original', 'copy', 'electronic']),
  retention: text,
  /** The first page in the file, counted through; null where pages are not counted. */
  firstPage: pages.nullable(),
  pages: pages.nullable(),
  /** Where it lies in a package, below `data/`. */
  path: text,
  content,
  /** Contents that it took the place of, the oldest first. They stay in the store and are not packed. */
  former: z.array(content),
})
export type SealedItem = z.infer<typeof item>

const fact = z.object({
  on: day.nullable(),
  what: text,
  details: long,
  /** The article that it rests on. */
  basis: text.nullable(),
  recordedBy: text,
  recordedAt: instant,
})
export type SealedFact = z.infer<typeof fact>

const deed = z.object({ at: instant, by: text, what: text, details: long })
export type SealedDeed = z.infer<typeof deed>

export const sealedFile = z.object({
  format: z.literal('zhibu-sealed-file-1'),
  /** 档号 */
  number: text,
  title: text,
  year: z.number().int().min(1900).max(2200),
  subject: z.object({
    kind: z.enum(['person', 'organization']),
    name: text,
    /** 学号、工号 or the code of the organisation. */
    number: text.nullable(),
    organization: text,
  }),
  /** The organisation that keeps the file (立档单位). */
  keeper: z.object({ name: text, code: text.nullable() }),
  retention: text,
  /** This is no system for secrets: there is nothing but “无”. */
  secrecy: text,
  seal: z.object({
    version: z.number().int().min(1),
    at: instant,
    by: text,
    /** What a supplement adds and why; null for the first seal. */
    reason: long.nullable(),
    /** Digest of the metadata of the seal before. */
    previous: digest.nullable(),
  }),
  items: z.array(item),
  facts: z.array(fact),
  /** What was done with the file, out of the journal. */
  deeds: z.array(deed),
  software: z.object({ name: text, version: text, environment: text }),
})
export type SealedFile = z.infer<typeof sealedFile>

/** Sum of all pages, as far as they are counted. */
export const pagesOf = (file: SealedFile): number => file.items.reduce((sum, it) => sum + (it.pages ?? 0), 0)
