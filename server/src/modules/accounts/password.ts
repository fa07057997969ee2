import { refuseField } from '../../platform/refusal.ts'

/** The fewest characters of a password. */
const shortestPassword = 10

/** Refuses a password that is short, made of one character or a row of keys, the user name, or among the commonest. */
export function refuseWeakPassword(password: string, userName: string, path = 'password'): void {
  const problem = weaknessOf(password, userName)
  if (problem) refuseField(path, problem)
}

/** What is wrong with a password, in Chinese; undefined where nothing is. */
export function weaknessOf(password: string, userName: string): string | undefined {
  const plain = password.toLowerCase()
  if ([...password].length < shortestPassword)
    return `密码至少 ${shortestPassword} 个字符。可以用几个不相干的词连成一句。`
  if (userName !== '' && plain.includes(userName.toLowerCase())) return '密码不能包含用户名，请换一个。'
  if (/^\d+$/.test(plain)) return '密码不能全是数字：电话、学号、生日容易被猜中，请加上文字或字母。'
  if (new Set(plain).size < 4) return '密码中不同的字符太少，容易被猜中，请换一个。'
  if (rows.some((row) => row.includes(plain)) || isCommon(plain)) return '这是最常见的密码之一，容易被猜中，请换一个。'
  return undefined
}

/** A common word with digits and marks around it, or with marks in place of letters, is as common as the word. */
function isCommon(plain: string): boolean {
  const stem = plain.replace(/^[\d\p{P}\p{S}]+|[\d\p{P}\p{S}]+$/gu, '')
  const word = /^(.+?)\1+$/.exec(stem)?.[1] ?? stem
  const undisguised = word.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/[$5]/g, 's').replace(/[1!]/g, 'i')
  return common.has(plain) || bare.has(word) || bare.has(undisguised)
}

/** Rows of keys and numbers, both ways, long enough to hold any part that someone would type. */
const rows = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn'].flatMap((row) => [
  row,
  [...row].reverse().join(''),
])

/** Words that stay weak with digits behind them. */
const bare = new Set(
  `password passwd admin administrator root welcome letmein iloveyou woaini qwerty asdfgh zxcvbn qazwsx abc
  abcd abcdef test guest user mima changeme secret zhibu dangjian zuzhibu beijing china zhongguo daxue
  university monkey dragon sunshine princess football`.split(/\s+/),
)

/** Common ones of ten characters and more that are no word with digits. */
const common = new Set(
  `1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 1qaz2wsx3e 1qazxsw23edc qazwsxedcrfv zaq12wsxcde3 a1b2c3d4e5 1a2b3c4d5e
  aa12345678 a123456789 q123456789 z123456789 asd123456789 qwe123456789 zxc123456789 123454321a
  trustno1trustno1 superman123 p@ssw0rd123 pa55word1234 xuexiqiangguo weirenminfuwu renminwansui`.split(/\s+/),
)
