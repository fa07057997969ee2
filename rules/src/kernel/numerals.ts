const numerals = '〇一二三四五六七八九'

/** The text with Chinese numerals up to 99 as digits: 二〇一九年九月二十日 as 2019年9月20日. */
export function withDigits(text: string): string {
  return text
    .replace(/[零○]/g, '〇')
    .replace(/[〇一二三四五六七八九]?十[一二三四五六七八九]?/g, (it) => {
      const [tens = '', ones = ''] = it.split('十')
      return String((tens === '' ? 1 : numerals.indexOf(tens)) * 10 + (ones === '' ? 0 : numerals.indexOf(ones)))
    })
    .replace(/[〇一二三四五六七八九]/g, (it) => String(numerals.indexOf(it)))
}
