import type { Dice } from './dice.ts'

/** Invented names: every pair of a surname and a given name is made by chance. */
const surnames = characters(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马方俞任袁柳史唐薛雷贺倪汤滕罗毕郝安常乐傅康伍余顾孟黄穆萧尹姚邵汪毛禹狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房解应宗丁邓洪包左石崔龚程邢裴陆翁',
  ['欧阳', '上官', '司徒', '诸葛', '端木'],
)

const first = characters('思雨子书知语明景若安嘉昊静启文一晓梓俊宇佳欣博泽清云锦瑞婉致承远念')
const second = [...'涵轩琪航妍远宁然溪行树天桐博凡哲嫣姝墨瑶岚舟微朗珩彦澜霖禾钰楠琛悦昕逸可宸乔'] as [
  string,
  ...string[],
]
const single = characters('磊敏洁睿颖航昕蕾鹏琳楠帆薇骏')

/** A name, of two characters in about one case of six. */
export function inventName(dice: Dice): string {
  const surname = dice.pick(surnames)
  if (dice.percent(16)) return surname + dice.pick(single)
  return surname + dice.pick(first) + dice.pick(second)
}

/** Provinces and cities for 籍贯; nothing more precise is invented. */
export const nativePlaces = [
  '甘肃兰州',
  '陕西西安',
  '四川成都',
  '河南郑州',
  '山东济南',
  '湖北武汉',
  '湖南长沙',
  '江苏南京',
  '浙江杭州',
  '安徽合肥',
  '江西南昌',
  '福建福州',
  '广东广州',
  '广西南宁',
  '云南昆明',
  '贵州贵阳',
  '河北石家庄',
  '山西太原',
  '辽宁沈阳',
  '吉林长春',
] as const

/** Ethnicities with how many in a hundred the demonstration gives them. */
export function inventEthnicity(dice: Dice): string {
  return dice.percent(88) ? '汉族' : dice.pick(['回族', '满族', '壮族', '藏族', '土家族', '苗族', '维吾尔族', '蒙古族'])
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * A number in the form of GB 11643 with a valid check character, in an area code (999999) that no place has:
 * it belongs to nobody. `running` tells apart persons born on the same day.
 */
export function inventIdNumber(bornOn: string, running: number, isMale: boolean): string {
  const sequence = (((running * 2) % 1000) + (isMale ? 1 : 0)).toString().padStart(3, '0')
  const body = `999999${bornOn.replaceAll('-', '')}${sequence}`
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0)
  return body + '10X98765432'.charAt(sum % 11)
}

function characters(text: string, more: string[] = []): readonly [string, ...string[]] {
  const [head = '', ...rest] = text
  return [head, ...rest, ...more]
}
