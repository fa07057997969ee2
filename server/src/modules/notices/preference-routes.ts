import type { Context as HonoContext } from 'hono'
import { answers, asks, type Env, inTransaction, router } from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import {
  askForProof,
  proofMail,
  proveAddress,
  readPreferences,
  refuseCode,
  removeAddress,
  setMessengerUser,
  setPreferences,
} from './preferences.ts'
import {
  type Channel,
  channels,
  emailAddress,
  emailProof,
  messengerUser,
  preferencesChange,
  preferencesView,
} from './schema.ts'
import { preferencesPage } from './wording.ts'

/** How the person who asks wants to be reached. */
export const preferences = router()
  .get('/', answers('本人的通知偏好，以及本校开通的渠道', preferencesView), async (c) => {
    return c.json(await inTransaction(c, (ctx) => readPreferences(ctx, availableOf(c))))
  })
  .put('/', answers('修改本人的通知偏好'), asks('json', preferencesChange), async (c) => {
    await inTransaction(c, (ctx) => setPreferences(ctx, c.req.valid('json')))
    return c.body(null, 204)
  })
  .post('/email', answers('填写邮箱，并向它发送验证码'), asks('json', emailAddress), async (c) => {
    const { email } = c.req.valid('json')
    const { email: mailer } = c.var.outgoing
    if (!mailer) throw new Refusal('conflict', '本校还没有开通邮件通知。如需开通，请联系系统管理员。')
    const { code } = await inTransaction(c, (ctx) => askForProof(ctx, email))
    const outcome = await mailer.send({
      ...{ to: email, ...proofMail(code), key: c.var.requestId },
      preferencesUrl: `${c.var.config.baseUrl}${preferencesPage}`,
    })
    if (outcome.kind === 'later' || outcome.kind === 'refused')
      throw new Refusal('conflict', `验证码没有发出：${outcome.why}。请核对邮箱地址，或稍后重新获取。`)
    return c.body(null, 204)
  })
  .post('/email/proof', answers('填写验证码，确认邮箱'), asks('json', emailProof), async (c) => {
    const isProven = await inTransaction(c, (ctx) => proveAddress(ctx, c.req.valid('json').code))
    return isProven ? c.body(null, 204) : refuseCode()
  })
  .delete('/email', answers('删去本人的邮箱'), async (c) => {
    await inTransaction(c, removeAddress)
    return c.body(null, 204)
  })
  .put('/messenger', answers('填写或删去本人在企业微信、钉钉的账号'), asks('json', messengerUser), async (c) => {
    const { channel, user } = c.req.valid('json')
    await inTransaction(c, (ctx) => setMessengerUser(ctx, channel, user))
    return c.body(null, 204)
  })

const availableOf = (c: HonoContext<Env>): Channel[] => channels.filter((it) => c.var.outgoing[it] !== null)
