import { expect, test } from 'vitest'
import { floodGuard } from './flood.ts'

const rates = {
  asking: { burst: 1, perSeconds: 90, doing: '提问' },
  voting: { burst: 2, perSeconds: 90, doing: '操作' },
}

test.each([
  ['seconds', {}, '您提问太频繁，请 90 秒后再试。'],
  ['minutes, begun ones whole', { inMinutes: true }, '您提问太频繁，请 2 分钟后再试。'],
])('what is too much is refused, with the time to wait in %s', (_, how, message) => {
  const refuseFlood = floodGuard(rates, how)
  refuseFlood('asking', 'a')
  expect(() => refuseFlood('asking', 'a')).toThrow(message)
  // Neither somebody else nor another kind has to wait.
  for (const [kind, key] of [
    ['asking', 'b'],
    ['voting', 'a'],
    ['voting', 'a'],
  ] as const)
    expect(() => refuseFlood(kind, key)).not.toThrow()
})
