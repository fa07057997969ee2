import { addDays, type Day, weekdayOf, yearOf } from '../kernel/day.ts'

/**
 * When a day comes round each year: a date (`MM-DD`), a day of the lunar calendar, a solar term, the nth weekday of a month (1 is
 * Monday), or a whole month.
 */
type Rule =
  | { date: string }
  | { festival: 'spring' | 'dragonBoat' | 'midAutumn' | 'doubleNinth' }
  | { term: 'qingming' | 'autumnEquinox' }
  | { month: number; weekday: number; nth: number }
  | { wholeMonth: number }

/** A day that is remembered or marked each year. */
interface MemorialDay {
  code: string
  name: string
  rule: Rule
  /** The first year in which it was marked; absent where that is long ago. */
  since?: number
  /** One neutral sentence, in our own words. */
  sentence: string
  /** That nobody has compared it with an official text yet. */
  isToVerify?: true
}

/** A memorial day as it falls in one year; `until` is later than `on` for a whole month. */
export interface MemorialDayOfYear {
  code: string
  name: string
  on: Day
  until: Day
  sentence: string
  isToVerify: boolean
}

/** The last day on which somebody looked this table through. Names and sentences are general knowledge (domain notes, section 7). */
export const memorialDaysCheckedOn: Day = '2026-11-29'

/**
 * Days of the lunar calendar and of solar terms in Beijing, by year: 春节, 端午节, 中秋节, 重阳节, 清明, 秋分. A table, because calendars of
 * runtimes give the Spring Festival of 2027 a day late; worked out after GB/T 33661-2017, which the tests do again.
 */
const movable: Readonly<Record<number, readonly [string, string, string, string, string, string]>> = {
  2024: ['02-10', '06-10', '09-17', '10-11', '04-04', '09-22'],
  2025: ['01-29', '05-31', '10-06', '10-29', '04-04', '09-23'],
  2026: ['02-17', '06-19', '09-25', '10-18', '04-05', '09-23'],
  2027: ['02-06', '06-09', '09-15', '10-08', '04-05', '09-23'],
  2028: ['01-26', '05-28', '10-03', '10-26', '04-04', '09-22'],
  2029: ['02-13', '06-16', '09-22', '10-16', '04-04', '09-23'],
  2030: ['02-03', '06-05', '09-12', '10-05', '04-05', '09-23'],
  2031: ['01-23', '06-24', '10-01', '10-24', '04-05', '09-23'],
  2032: ['02-11', '06-12', '09-19', '10-12', '04-04', '09-22'],
  2033: ['01-31', '06-01', '09-08', '10-01', '04-04', '09-23'],
  2034: ['02-19', '06-20', '09-27', '10-20', '04-05', '09-23'],
  2035: ['02-08', '06-10', '09-16', '10-09', '04-05', '09-23'],
  2036: ['01-28', '05-30', '10-04', '10-27', '04-04', '09-22'],
}
const columns = ['spring', 'dragonBoat', 'midAutumn', 'doubleNinth', 'qingming', 'autumnEquinox'] as const

/** The years for which the days of the lunar calendar are known. */
export const yearsWithFestivals: readonly number[] = Object.keys(movable).map(Number)

const memorialDays: readonly MemorialDay[] = [
  { code: 'newYear', name: '元旦', rule: { date: '01-01' }, sentence: '公历新年的第一天，法定节假日。' },
  { code: 'spring', name: '春节', rule: { festival: 'spring' }, sentence: '农历新年。' },
  {
    code: 'police',
    name: '中国人民警察节',
    rule: { date: '01-10' },
    since: 2021,
    sentence: '2020 年设立，2021 年起每年 1 月 10 日。',
  },
  {
    code: 'leiFeng',
    name: '学雷锋纪念日',
    rule: { date: '03-05' },
    sentence: '纪念 1963 年发出的向雷锋同志学习的号召，也是中国青年志愿者服务日。',
  },
  {
    code: 'women',
    name: '国际劳动妇女节',
    rule: { date: '03-08' },
    sentence: '纪念各国妇女争取权利、作出贡献的日子。',
  },
  { code: 'trees', name: '植树节', rule: { date: '03-12' }, since: 1979, sentence: '1979 年起定为全国植树节。' },
  {
    code: 'tibet',
    name: '西藏百万农奴解放纪念日',
    rule: { date: '03-28' },
    since: 2009,
    sentence: '纪念 1959 年西藏实行民主改革。',
  },
  { code: 'qingming', name: '清明节', rule: { term: 'qingming' }, sentence: '缅怀先人、祭奠英烈的传统节日。' },
  {
    code: 'security',
    name: '全民国家安全教育日',
    rule: { date: '04-15' },
    since: 2016,
    sentence: '由 2015 年《国家安全法》设立。',
  },
  {
    code: 'books',
    name: '世界读书日',
    rule: { date: '04-23' },
    since: 1995,
    sentence: '联合国教科文组织倡导阅读与版权的日子。',
  },
  {
    code: 'space',
    name: '中国航天日',
    rule: { date: '04-24' },
    since: 2016,
    sentence: '纪念 1970 年“东方红一号”卫星发射成功。',
  },
  { code: 'labour', name: '国际劳动节', rule: { date: '05-01' }, sentence: '全世界劳动者的节日。' },
  { code: 'youth', name: '五四青年节', rule: { date: '05-04' }, sentence: '纪念 1919 年的五四运动。' },
  {
    code: 'disasters',
    name: '全国防灾减灾日',
    rule: { date: '05-12' },
    since: 2009,
    sentence: '2008 年汶川地震之后设立。',
  },
  {
    code: 'science',
    name: '全国科技工作者日',
    rule: { date: '05-30' },
    since: 2017,
    sentence: '2017 年起每年 5 月 30 日。',
  },
  { code: 'dragonBoat', name: '端午节', rule: { festival: 'dragonBoat' }, sentence: '纪念屈原等先贤的传统节日。' },
  { code: 'environment', name: '六五环境日', rule: { date: '06-05' }, sentence: '世界环境日，也是我国的环境日。' },
  {
    code: 'heritage',
    name: '文化和自然遗产日',
    rule: { month: 6, weekday: 6, nth: 2 },
    since: 2017,
    sentence: '倡导保护文化遗产和自然遗产，每年 6 月的第二个星期六。',
  },
  { code: 'drugs', name: '国际禁毒日', rule: { date: '06-26' }, sentence: '联合国设立的反对毒品滥用和贩运的日子。' },
  {
    code: 'party',
    name: '中国共产党成立纪念日',
    rule: { date: '07-01' },
    sentence: '纪念 1921 年中国共产党成立；1997 年的这一天香港回归祖国。',
  },
  {
    code: 'resistance',
    name: '全民族抗战爆发纪念日',
    rule: { date: '07-07' },
    sentence: '纪念 1937 年卢沟桥事变后全民族抗战开始。',
  },
  { code: 'army', name: '建军节', rule: { date: '08-01' }, sentence: '纪念 1927 年的南昌起义。' },
  {
    code: 'fitness',
    name: '全民健身日',
    rule: { date: '08-08' },
    since: 2009,
    sentence: '纪念 2008 年北京奥运会开幕。',
  },
  {
    code: 'ecology',
    name: '全国生态日',
    rule: { date: '08-15' },
    since: 2023,
    sentence: '2023 年设立；1945 年的这一天日本宣布投降。',
  },
  { code: 'doctors', name: '中国医师节', rule: { date: '08-19' }, since: 2018, sentence: '2018 年起每年 8 月 19 日。' },
  {
    code: 'victory',
    name: '中国人民抗日战争胜利纪念日',
    rule: { date: '09-03' },
    sentence: '纪念 1945 年抗日战争胜利。',
  },
  { code: 'charity', name: '中华慈善日', rule: { date: '09-05' }, since: 2016, sentence: '由《慈善法》设立。' },
  { code: 'teachers', name: '教师节', rule: { date: '09-10' }, since: 1985, sentence: '1985 年起每年 9 月 10 日。' },
  { code: 'september18', name: '九一八事变纪念日', rule: { date: '09-18' }, sentence: '铭记 1931 年的九一八事变。' },
  {
    code: 'defence',
    name: '全民国防教育月',
    rule: { wholeMonth: 9 },
    since: 2024,
    sentence: '2024 年修订的《国防教育法》把每年 9 月定为全民国防教育月，此前为 9 月的第三个星期六。',
    isToVerify: true,
  },
  {
    code: 'harvest',
    name: '中国农民丰收节',
    rule: { term: 'autumnEquinox' },
    since: 2018,
    sentence: '2018 年起设在每年秋分。',
  },
  { code: 'midAutumn', name: '中秋节', rule: { festival: 'midAutumn' }, sentence: '家人团圆的传统节日。' },
  {
    code: 'martyrs',
    name: '烈士纪念日',
    rule: { date: '09-30' },
    since: 2014,
    sentence: '2014 年设立，在国庆节前一天。',
  },
  { code: 'nation', name: '国庆节', rule: { date: '10-01' }, sentence: '纪念 1949 年中华人民共和国成立。' },
  {
    code: 'doubleNinth',
    name: '重阳节（老年节）',
    rule: { festival: 'doubleNinth' },
    sentence: '敬老的节日，由法律定为老年节。',
  },
  {
    code: 'longMarch',
    name: '红军长征胜利纪念日',
    rule: { date: '10-22' },
    sentence: '纪念 1936 年 10 月红军主力会师。',
  },
  {
    code: 'korea',
    name: '抗美援朝出国作战纪念日',
    rule: { date: '10-25' },
    sentence: '纪念 1950 年中国人民志愿军出国作战。',
  },
  {
    code: 'taiwan',
    name: '台湾光复纪念日',
    rule: { date: '10-25' },
    since: 2025,
    sentence: '纪念 1945 年台湾光复，2025 年 10 月设立。',
    isToVerify: true,
  },
  { code: 'journalists', name: '记者节', rule: { date: '11-08' }, since: 2000, sentence: '新闻工作者的节日。' },
  { code: 'fire', name: '全国消防日', rule: { date: '11-09' }, since: 1992, sentence: '日期与火警电话 119 相合。' },
  {
    code: 'traffic',
    name: '全国交通安全日',
    rule: { date: '12-02' },
    since: 2012,
    sentence: '2012 年起每年 12 月 2 日。',
  },
  {
    code: 'constitution',
    name: '国家宪法日',
    rule: { date: '12-04' },
    since: 2014,
    sentence: '1982 年的这一天通过现行宪法。',
  },
  {
    code: 'volunteers',
    name: '国际志愿者日',
    rule: { date: '12-05' },
    since: 1986,
    sentence: '联合国设立的志愿服务的日子。',
  },
  { code: 'december9', name: '一二·九运动纪念日', rule: { date: '12-09' }, sentence: '纪念 1935 年的学生爱国运动。' },
  {
    code: 'mourning',
    name: '国家公祭日',
    rule: { date: '12-13' },
    since: 2014,
    sentence: '悼念 1937 年南京大屠杀死难者。',
  },
  {
    code: 'macao',
    name: '澳门回归纪念日',
    rule: { date: '12-20' },
    since: 1999,
    sentence: '1999 年的这一天澳门回归祖国。',
  },
  { code: 'mao', name: '毛泽东同志诞辰纪念日', rule: { date: '12-26' }, sentence: '毛泽东同志 1893 年的这一天出生。' },
]

/**
 * The memorial days of a year in the order of the calendar. Days of the lunar calendar and of solar terms are left out of years for which
 * the table has none (`yearsWithFestivals`): nothing is guessed.
 */
export function memorialDaysOf(year: number): MemorialDayOfYear[] {
  return memorialDays
    .filter((it) => (it.since ?? year) <= year)
    .flatMap(({ code, name, rule, sentence, isToVerify = false }) => {
      const days = daysOf(rule, year)
      return days ? [{ code, name, ...days, sentence, isToVerify }] : []
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

/** The memorial days that touch a span of days, both ends included. */
export function memorialDaysBetween(from: Day, until: Day): MemorialDayOfYear[] {
  const years = Array.from({ length: Math.max(0, yearOf(until) - yearOf(from) + 1) }, (_, at) => yearOf(from) + at)
  return years.flatMap(memorialDaysOf).filter((it) => it.on <= until && it.until >= from)
}

function daysOf(rule: Rule, year: number): { on: Day; until: Day } | undefined {
  if ('wholeMonth' in rule) {
    const on = dayOf(year, `${two(rule.wholeMonth)}-01`)
    return { on, until: addDays(dayOf(year, `${two(rule.wholeMonth + 1)}-01`), -1) }
  }
  if ('nth' in rule) {
    const first = dayOf(year, `${two(rule.month)}-01`)
    return single(addDays(first, ((rule.weekday - weekdayOf(first) + 7) % 7) + 7 * (rule.nth - 1)))
  }
  if ('date' in rule) return single(dayOf(year, rule.date))
  const date = movable[year]?.[columns.indexOf('term' in rule ? rule.term : rule.festival)]
  return date === undefined ? undefined : single(dayOf(year, date))
}

const single = (on: Day): { on: Day; until: Day } => ({ on, until: on })
const two = (number: number): string => String(number).padStart(2, '0')
const dayOf = (year: number, date: string): Day => `${year}-${date}` as Day
