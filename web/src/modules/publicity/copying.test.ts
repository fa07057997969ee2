import { describe, expect, test } from 'vitest'
import { textOf, withPictures } from './copying.ts'

const html =
  '<section><p style="margin:0;">甲 &lt;img src=&quot;x&quot;&gt; &amp;amp; 乙<br>丙</p><section><img src="/m/1?crop=a&amp;b=1" alt="合影"><p>图 1</p></section><img src="/m/1?crop=a&amp;b=1" alt=""><img src="/m/2" alt=""></section>'

describe('an article that is copied to a 公众号', () => {
  test('carries its pictures, each of which is read once', async () => {
    const asked: string[] = []
    const copied = await withPictures(html, async (address) => {
      asked.push(address)
      return `data:image/jpeg;base64,${asked.length}`
    })
    expect(asked).toEqual(['/m/1?crop=a&b=1', '/m/2'])
    expect(copied).toBe(
      html.replaceAll('/m/1?crop=a&amp;b=1', 'data:image/jpeg;base64,1').replaceAll('/m/2', 'data:image/jpeg;base64,2'),
    )
  })

  test('is not copied where one of its pictures cannot be read', async () => {
    await expect(withPictures(html, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  })

  test('is a text, too', () => {
    expect(textOf(html)).toBe('甲 <img src="x"> &amp; 乙\n丙\n图 1')
  })
})
