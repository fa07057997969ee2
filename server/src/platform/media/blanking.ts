import type { ByteSource } from '../content/byte-source.ts'
import type { Blanked } from './blanked.ts'
import type { MadeMediaType } from './media-look.ts'
import { blankMp3 } from './mp3.ts'
import { blankMp4 } from './mp4.ts'
import { blankOgg } from './ogg.ts'
import { blankWav } from './wav.ts'
import { blankWebm } from './webm.ts'

/** Says what is blanked of a film or a sound, by its type. Nothing of it is played or decoded. */
export const blankingOf: Readonly<Partial<Record<MadeMediaType, (source: ByteSource) => Promise<Blanked>>>> = {
  'video/mp4': blankMp4,
  'audio/mp4': blankMp4,
  'video/webm': blankWebm,
  'audio/mpeg': blankMp3,
  'audio/ogg': blankOgg,
  'audio/wav': blankWav,
}
