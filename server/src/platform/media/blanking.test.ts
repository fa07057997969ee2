import { describe, expect, test } from 'vitest'
import { box, m4a, mp3, mp4, ogg, personal, seen, wav, webm } from '../../../test/media-files.ts'
import { bytesIn } from '../content/byte-source.ts'
import { type Blanked, patched } from './blanked.ts'
import { blankMp3 } from './mp3.ts'
import { blankMp4 } from './mp4.ts'
import { blankOgg, checksum } from './ogg.ts'
import { blankWav } from './wav.ts'
import { blankWebm } from './webm.ts'

/** What is kept, read in pieces of this size. */
async function keptOf(bytes: Buffer, blanked: Blanked, pieceBytes = 7): Promise<Buffer> {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  return Buffer.concat(await Array.fromAsync(patched(pieces(), blanked)))
}

const video = { kind: 'video', width: 1280, height: 720 } as const
const sound = { kind: 'sound', width: null, height: null } as const

describe('of what is personal nothing stays, and what is seen and heard stays where it was:', () => {
  test.each<[string, Buffer, (source: ReturnType<typeof bytesIn>) => Promise<Blanked>, object]>([
    ['an MP4', mp4(), blankMp4, { ...video, mediaType: 'video/mp4', extension: 'mp4', durationMs: 5_000 }],
    [
      'a film of a phone',
      mp4('avc1', { brand: 'qt  ' }),
      blankMp4,
      { ...video, mediaType: 'video/mp4', extension: 'mp4', durationMs: 5_000 },
    ],
    ['an M4A', m4a(), blankMp4, { ...sound, mediaType: 'audio/mp4', extension: 'm4a', durationMs: 5_000 }],
    ['a WebM', webm(), blankWebm, { ...video, mediaType: 'video/webm', extension: 'webm', durationMs: 2_500 }],
    ['an Ogg', ogg(), blankOgg, { ...sound, mediaType: 'audio/ogg', extension: 'ogg', durationMs: 2_000 }],
    ['an MP3', mp3(), blankMp3, { ...sound, mediaType: 'audio/mpeg', extension: 'mp3', durationMs: 990 }],
    ['a WAV', wav(), blankWav, { ...sound, mediaType: 'audio/wav', extension: 'wav', durationMs: 500 }],
  ])('%s', async (_, bytes, blank, facts) => {
    const { from, to, patches: __, ...seenFacts } = await blank(bytesIn(bytes))
    expect(seenFacts).toEqual(facts)
    const kept = await keptOf(bytes, await blank(bytesIn(bytes)))
    expect(kept.length).toBe(to - from)
    expect(kept.includes(Buffer.from(personal.slice(0, 8)))).toBe(false)
    expect(kept.includes(Buffer.from('张三'))).toBe(false)
    expect(kept.indexOf(seen)).toBe(bytes.indexOf(seen))
    // What was blanked has nothing left to blank, and is still read as the same.
    const again = await blank(bytesIn(kept))
    expect(await keptOf(kept, again, 100_000)).toEqual(kept)
    expect({ ...again, patches: [] }).toEqual({ ...facts, from: 0, to: kept.length, patches: [] })
  })
})

test('when a film was made is not kept', async () => {
  const bytes = mp4()
  const madeAt = Buffer.alloc(4)
  madeAt.writeUInt32BE(3_900_000_000)
  expect(bytes.includes(madeAt)).toBe(true)
  expect((await keptOf(bytes, await blankMp4(bytesIn(bytes)))).includes(madeAt)).toBe(false)
})

test('the checksum of a page is the one of RFC 3533', () => {
  // The value by which this CRC is told from others.
  expect(checksum(Buffer.from('123456789'))).toBe(0x89a1897f)
})

describe('is refused:', () => {
  test.each<[string, () => Promise<Blanked>, RegExp]>([
    ['a film as H.265', () => blankMp4(bytesIn(mp4('hvc1'))), /HEVC/],
    ['a film that no browser plays', () => blankMp4(bytesIn(mp4('mp4v'))), /浏览器放不了/],
    ['a film that broke off', () => blankMp4(bytesIn(mp4().subarray(0, -20))), /损坏/],
    ['a film without an index', () => blankMp4(bytesIn(mp4().subarray(0, 60))), /损坏/],
    [
      'a film in fragments with the way of the camera',
      () => blankMp4(bytesIn(mp4('avc1', { more: box('moof', box('mfhd', Buffer.alloc(8))) }))),
      /拍摄位置/,
    ],
    ['a WebM with texts of its own', () => blankWebm(bytesIn(webm(17))), /字幕/],
    ['a WebM that broke off', () => blankWebm(bytesIn(webm().subarray(0, 90))), /损坏/],
    ['an Ogg that broke off', () => blankOgg(bytesIn(ogg().subarray(0, -1))), /损坏/],
    ['a WAV of nothing', () => blankWav(bytesIn(wav().subarray(0, 40))), /损坏/],
    ['an MP3 of nothing', () => blankMp3(bytesIn(Buffer.from('ID3'))), /损坏/],
  ])('%s', async (_, blank, why) => {
    await expect(blank()).rejects.toMatchObject({ reason: 'unreadable', message: expect.stringMatching(why) })
  })
})
