import { wholeUniversity } from '../../platform/database.ts'
import { refused, type SendingOutcome, uncertain } from '../../platform/sending-outcome.ts'
import { universities } from '../organization/tables.ts'
import { type Claim, claimNext, endClaim, tellLost, tellUnavailable } from './claims.ts'
import { postInGroups } from './group-posts.ts'
import type { PostGround } from './post-ground.ts'
import { placeOfAddress } from './preferences.ts'
import { type Channel, channels } from './schema.ts'
import { cardOf, digestCardOf, digestMailOf, mailOf, preferencesPage } from './wording.ts'

/** Sends what waits, one run at a time. */
export interface PostOffice {
  /** Sends all that is due; asked for during a run, that one looks once more. */
  post(): Promise<void>
  /** Lets what is being sent come to its end, and begins nothing any more. */
  stop(): Promise<void>
}

/** So many are sent at a time by each channel. */
const lanes = 4

/** After so many that the server at the other end did not take, one after another, a channel rests until the next run. */
const mostInVain = 3

export function openPostOffice(ground: PostGround): PostOffice {
  let running: Promise<void> | null = null
  let isWanted = false
  let isStopped = false

  async function run(): Promise<void> {
    while (isWanted && !isStopped) {
      isWanted = false
      for (const { id } of await ground.database.app.select({ id: universities.id }).from(universities))
        await postOf(ground, id, () => isStopped)
    }
  }

  return {
    post() {
      isWanted = true
      running ??= run().finally(() => {
        running = null
      })
      return running
    },
    async stop() {
      isStopped = true
      await running?.catch(() => undefined)
    },
  }
}

async function postOf(ground: PostGround, tenantId: string, isOver: () => boolean): Promise<void> {
  const { database, outgoing, now = () => new Date() } = ground
  const missing = channels.filter((it) => outgoing[it] === null)
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    await tellLost(db, tenantId, now())
    await tellUnavailable(db, tenantId, missing, now())
  })
  await Promise.all([
    postInGroups(ground, tenantId, isOver),
    ...channels
      .filter((it) => outgoing[it] !== null)
      .flatMap((channel) => {
        const trouble = { inVain: 0 }
        const rests = () => isOver() || trouble.inVain >= mostInVain
        return Array.from({ length: lanes }, () => postInLane(ground, tenantId, channel, { trouble, rests }))
      }),
  ])
}

/** One after another: the end of one is committed together with the claim of the next, before that is sent. */
async function postInLane(
  ground: PostGround,
  tenantId: string,
  channel: Channel,
  { trouble, rests }: { trouble: { inVain: number }; rests: () => boolean },
): Promise<void> {
  const { database, now = () => new Date() } = ground
  let ended: { claim: Claim; outcome: SendingOutcome } | null = null
  for (;;) {
    const last = ended
    const claim = await database.transaction(wholeUniversity(tenantId), async (db) => {
      if (last) await endClaim(db, last.claim, last.outcome, now())
      return rests() ? null : claimNext(db, tenantId, channel, now())
    })
    if (claim === null) return
    const outcome = await send(ground, claim)
    trouble.inVain = outcome.kind === 'later' && !outcome.isOfOne ? trouble.inVain + 1 : 0
    ended = { claim, outcome }
  }
}

async function send(ground: PostGround, claim: Claim): Promise<SendingOutcome> {
  const address = openAddress(ground, claim)
  if (address === null) return refused('保存的地址无法读取，请本人重新填写')
  try {
    return await sendTo(ground, claim, address)
  } catch (err) {
    ground.log.error({ err, channel: claim.channel }, 'sending a notice failed')
    return uncertain('发送时出错，可能已发出，没有确认')
  }
}

async function sendTo({ outgoing, baseUrl }: PostGround, claim: Claim, address: string): Promise<SendingOutcome> {
  const { channel, personId, inDigest } = claim
  const [first, ...others] = claim.notices
  if (!first) throw new Error('a claim of nothing')
  if (channel === 'email') {
    const worded = inDigest ? digestMailOf([first, ...others], baseUrl) : mailOf(first, baseUrl)
    const about = claim.notices.map((it) => `${it.noticeId} ${it.occasion}`).join(' ')
    const mail = { ...worded, to: address, key: `${personId} ${about}`, preferencesUrl: `${baseUrl}${preferencesPage}` }
    return (await outgoing.email?.send(mail)) ?? notConfigured
  }
  const card = inDigest ? digestCardOf([first, ...others], baseUrl) : cardOf(first, baseUrl)
  return (await outgoing[channel]?.send(address, card)) ?? notConfigured
}

const notConfigured = refused('本校没有开通这个渠道')

/** Null where it does not open: its key is gone. */
function openAddress({ encryption }: PostGround, { address, channel, personId }: Claim): string | null {
  try {
    return encryption.openField(address, placeOfAddress(channel, personId))
  } catch {
    return null
  }
}
