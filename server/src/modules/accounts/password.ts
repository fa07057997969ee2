import { Refusal } from '../../platform/refusal.ts'

/** The fewest characters of a password. */
export const shortestPassword = 10

/** Refuses a password that is short, made of one character or a row of keys, the user name, or among the commonest. */
export function refuseWeakPassword(password: string, userName: string, path = 'password'): void {
  const problem = weaknessOf(password, userName)
  if (problem) throw new Refusal('malformed', problem, { fields: [{ path, message: problem }] })
}

/** What is wrong with a password, in Chinese; undefined where nothing is. */
export function weaknessOf(password: string, userName: string): string | undefined {
  const plain = password.toLowerCase()
  if ([...password].length < shortestPassword)
    return `密码至少 ${shortestPassword} 个字符。可以用几个不相干的词连成一句。`
  if (userName !== '' && plain.includes(userName.toLowerCase())) return '密码不能包含用户名，请换一个。'
  if (new Set(plain).size < 4) return '密码中不同的字符太少，容易被猜中，请换一个。'
  if (rows.some((row) => row.includes(plain)) || isCommon(plain)) return '这是最常见的密码之一，容易被猜中，请换一个。'
  return undefined
}

/** A common word with digits or marks around it is as common as the word. */
function isCommon(plain: string): boolean {
  const core = plain.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/[$5]/g, 's').replace(/[1!]/g, 'i')
  return common.has(plain) || bare.some((word) => isWordWithDigits(plain, word) || isWordWithDigits(core, word))
}

const isWordWithDigits = (text: string, word: string) =>
  /^[\d\W_]*$/.test(text.replaceAll(word, '')) && text.includes(word)

/** Rows of keys and numbers, both ways, long enough to hold any part that someone would type. */
const rows = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
].flatMap((row) => [row, [...row].reverse().join('')])

/** Words that stay weak with digits behind them. */
const bare = [
  'password',
  'passwd',
  'admin',
  'administrator',
  'root',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'qwerty',
  'asdfgh',
  'zxcvbn',
  'qazwsx',
  'abc',
  'abcd',
  'abcdef',
  'test',
  'guest',
  'user',
  'mima',
  'changeme',
  'secret',
  'zhibu',
  'dangjian',
  'zuzhibu',
  'beijing',
  'china',
  'zhongguo',
  'daxue',
  'university',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  '5201314',
  '1314520',
]

/** Common ones of ten characters and more that are no word with digits. */
const common = new Set([
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  'q1w2e3r4t5',
  '1qaz2wsx3e',
  '1qazxsw23edc',
  'qazwsxedcrfv',
  'zaq12wsxcde3',
  'a1b2c3d4e5',
  '1a2b3c4d5e',
  'aa12345678',
  'a123456789',
  'q123456789',
  'z123456789',
  'asd123456789',
  'qwe123456789',
  'zxc123456789',
  '1122334455',
  '112233445566',
  '1234554321',
  '12345678910',
  '0987654321',
  '9876543210',
  '1357924680',
  '2468013579',
  '147258369',
  '1472583690',
  '159357159357',
  '7758521521',
  '789456123',
  '7894561230',
  '11223344556677',
  '123123123123',
  '1231231230',
  '123456123456',
  '123454321a',
  '66668888',
  '6666888866',
  '8888866666',
  '1111122222',
  '1234512345',
  'trustno1trustno1',
  'superman123',
  'p@ssw0rd123',
  'pa55word1234',
  'xuexiqiangguo',
  'weirenminfuwu',
  'renminwansui',
])
